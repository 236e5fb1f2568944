import { isInfringing, type AnsweringRole, type NoticeKind } from '../../domain/vocabulary.js'
import { inParallel } from '../../platform/in-parallel.js'
import { base32Sha256 } from '../../platform/digest.js'
import type { ApiClient } from '../../client/client.js'
import type { Letter } from '../world/letters.js'
import type { Board, PlayedCase } from './board.js'
import type { Answer } from './scripts.js'

/** One of those who are asked: reads the mails sent to them and answers as the script has it. */
export interface Answerer {
  hear(letter: Letter): void
  /** Sends the answers that are due; what the service could not take stays due. Returns how many. */
  answer(): Promise<number>
}

/** Who answers, when and what. */
export interface AnswererOptions {
  role: AnsweringRole
  api: ApiClient
  board: Board
  /** The answer a mail of this kind calls forth, or none. */
  answerTo: (kind: NoticeKind, one: PlayedCase) => Answer | undefined
}

interface Due {
  caseId: string
  answer: Answer
  /** The link of the mail; `null` when it is answered together with others, by one request. */
  url: string | null
}

const LINKS_AT_ONCE = 4
const BATCH_MAX = 300
const TIMEOUT_MS = 20_000

/** Somebody who has not heard of any case yet. */
export function createAnswerer(options: AnswererOptions): Answerer {
  const { role, api, board, answerTo } = options
  const due = new Map<string, Due>()
  const given = new Set<string>()

  function consider(one: PlayedCase | undefined, kind: NoticeKind, url: string): void {
    if (!one || given.has(one.caseId) || due.has(one.caseId)) return
    const answer = answerTo(kind, one)
    if (!answer) return
    const together = 'together' in answer && answer.together === true
    due.set(one.caseId, { caseId: one.caseId, answer, url: together ? null : url })
  }

  /** Of the listing as the board has seen it, like a page that was opened then. */
  const shownHashOf = (caseId: string) => board.get(caseId)?.shownHash ?? undefined

  async function answerByLinks(links: readonly (Due & { url: string })[]): Promise<Due[]> {
    const taken = await inParallel(links, LINKS_AT_ONCE, async (one) => {
      const status = await postForm(one.url, formOf(one.answer, shownHashOf(one.caseId)))
      return isSettled(status) ? [one] : []
    })
    return taken.flat()
  }

  /** A person with an API key answers many cases like this. */
  async function answerTogether(items: readonly Due[]): Promise<Due[]> {
    const decisions = items.map(({ caseId, answer }) => ({
      caseId,
      decisionId: decisionIdOf(role, caseId),
      ...decisionOf(answer, shownHashOf(caseId)),
    }))
    const { results } = await api.post<{ results: { index: number; status: number }[] }>(
      '/decisions:batch',
      { decisions },
    )
    return results.flatMap(({ index, status }) => (isSettled(status) ? (items[index] ?? []) : []))
  }

  return {
    hear({ kind, links }) {
      for (const link of links) {
        if (link.role === role) consider(board.get(link.caseId), kind, link.url)
      }
    },
    async answer() {
      const all = [...due.values()]
      const linked = all.flatMap(({ url, ...one }) => (url === null ? [] : [{ ...one, url }]))
      const unlinked = all.filter(({ url }) => url === null).slice(0, BATCH_MAX)
      const settled = [
        ...(await answerByLinks(linked)),
        ...(unlinked.length > 0 ? await answerTogether(unlinked) : []),
      ]
      for (const { caseId } of settled) {
        due.delete(caseId)
        given.add(caseId)
      }
      return settled.length
    },
  }
}

/** The status of the page behind the link; 503 when it cannot be reached. */
async function postForm(url: string, fields: URLSearchParams): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method: 'POST', body: fields, signal })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 503
  }
}

/** Taken, or refused for good: somebody was faster, or the case is closed. */
function isSettled(status: number): boolean {
  return status !== 429 && status < 500
}

function formOf(
  { verdict, explanation, question, proof }: Answer,
  shownHash: string | undefined,
): URLSearchParams {
  return new URLSearchParams({
    verdict,
    ...(shownHash === undefined ? {} : { shownHash }),
    ...(explanation === undefined ? {} : { explanation }),
    ...(question === undefined ? {} : { question }),
    ...(proof === undefined ? {} : { proof }),
    ...(isInfringing(verdict) ? { attestation: 'accepted' } : {}),
  })
}

/** The body of a decision as the API takes it. */
function decisionOf(
  { verdict, explanation, question, proof, allowList }: Answer,
  shownHash: string | undefined,
) {
  return {
    verdict,
    ...(shownHash === undefined ? {} : { shownHash }),
    ...(explanation === undefined ? {} : { explanation }),
    ...(question === undefined ? {} : { question }),
    ...(proof === undefined ? {} : { proof }),
    ...(allowList === undefined ? {} : { allowList }),
    ...(isInfringing(verdict) ? { attestation: { accepted: true } } : {}),
  }
}

/** The same for the same answer, so that it can be sent again. */
function decisionIdOf(role: AnsweringRole, caseId: string): string {
  return `demo-${base32Sha256(`${role} ${caseId}`).slice(0, 26)}`
}
