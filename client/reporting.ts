import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import {
  type IntakeBatchResult,
  IntakeBatchResultSchema,
  type NewCase,
} from '../contract/sighting.js'
import { MAX_REPORTS } from '../contract/limits.js'
import { ApiRefusal, ApiUnreachable } from './errors.js'
import type { Attempt } from './retrying.js'

/** A report that may be sent again: the service knows it by its `externalId`. */
export type RepeatableReport = NewCase & { externalId: string }

/** What became of one report. */
export type ReportAnswer = Omit<IntakeBatchResult['results'][number], 'index'>

const ResultsSchema = Type.Pick(IntakeBatchResultSchema, ['results'])
const results = Compile(ResultsSchema)
const WHAT = 'POST /cases:batch'

/** Sends one batch, and repeats attempts. */
interface Sending {
  attempt: (cases: readonly RepeatableReport[]) => Promise<Attempt<{ body: unknown }>>
  repeat: <T>(attempt: () => Promise<Attempt<T>>) => Promise<T>
}

/**
 * Reports cases, as many at once as the service takes, and gives an answer for each, in their order.
 * What the service could not take at that moment is sent again, and only that. `onAnswer` hears of
 * each request that was answered: how many reports have an answer.
 */
export async function reportAll(
  cases: readonly RepeatableReport[],
  { attempt, repeat }: Sending,
  onAnswer?: (answered: number) => void,
): Promise<ReportAnswer[]> {
  const answers: ReportAnswer[] = []
  for (let start = 0; start < cases.length; start += MAX_REPORTS) {
    answers.push(...(await reportBatch(cases.slice(start, start + MAX_REPORTS))))
    onAnswer?.(answers.length)
  }
  return answers

  async function reportBatch(batch: readonly RepeatableReport[]): Promise<ReportAnswer[]> {
    const known = new Map<number, ReportAnswer>()
    let open = batch.map((_, index) => index)
    const rest = () => open.flatMap((index) => batch[index] ?? [])
    const all = () => batch.map((_, index) => known.get(index) ?? incomplete())

    return repeat<ReportAnswer[]>(async () => {
      const tried = await attempt(rest()).catch((error: unknown) => {
        if (error instanceof ApiRefusal && error.status === 413) return error
        throw error
      })
      if (tried instanceof ApiRefusal) return { result: await tooLarge(tried) }
      if (!('result' in tried)) {
        const { giveUp } = tried
        return { ...tried, giveUp: (because) => (giveUp(because), all()) }
      }
      answersIn(tried.result.body, open.length).forEach((answer, place) => {
        known.set(open[place] ?? 0, answer)
      })
      open = open.filter((index) => isTemporary(known.get(index)))
      if (open.length === 0) return { result: all() }
      const notNow = `${open.length} cases could not be taken yet`
      return { notNow, retryAfterMs: undefined, giveUp: all }
    })

    /** A batch over the size limit goes in two halves; a single case over it can only be rejected. */
    async function tooLarge({ problem }: ApiRefusal): Promise<ReportAnswer[]> {
      const left = rest()
      const middle = Math.ceil(left.length / 2)
      const halves =
        left.length === 1
          ? [{ result: 'rejected', problem: problem as ReportAnswer['problem'] } as ReportAnswer]
          : [
              ...(await reportBatch(left.slice(0, middle))),
              ...(await reportBatch(left.slice(middle))),
            ]
      open.forEach((index, place) => known.set(index, halves[place] ?? incomplete()))
      return all()
    }
  }
}

function answersIn(body: unknown, count: number): ReportAnswer[] {
  if (!results.Check(body)) {
    throw new ApiUnreachable(`${WHAT}: the answer is not that of this API; check the address`)
  }
  const { results: given } = body
  const byIndex = new Map(given.map(({ index, ...answer }) => [index, answer]))
  return Array.from({ length: count }, (_, index) => byIndex.get(index) ?? incomplete())
}

function incomplete(): never {
  throw new ApiUnreachable(`${WHAT}: it left out an answer`)
}

/** True for an item the service could not take at that moment, though it took the request. */
function isTemporary(answer: ReportAnswer | undefined): boolean {
  const { status = 0 } = answer?.problem ?? {}
  return answer?.result === 'rejected' && (status === 429 || status >= 500)
}
