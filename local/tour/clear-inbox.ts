import type { Page } from 'playwright-core'
import { isInfringing, type Verdict } from '../../domain/vocabulary.js'
import { verdictKeys } from '../../portal/case/verdicts.js'
import { until } from '../until.js'
import type { Visitor } from './visitor.js'

/** What a brand might find, again and again from the beginning; none needs more than the choice. */
const ANSWERS: readonly [Verdict, ...Verdict[]] = [
  'counterfeit',
  'unsure',
  'counterfeit',
  'genuine',
  'markMisuse',
  'notOurs',
  'counterfeit',
  'genuineUnauthorisedSeller',
  'counterfeit',
  'notIpMatter',
]

const SHOWN = { withinMs: 20_000, everyMs: 20 }

/** What was answered by keys alone. */
export interface Cleared {
  verdicts: Record<string, number>
  confirmed: number
  keystrokes: number
  seconds: number
}

/**
 * Answers so many cases of the open inbox one by one, by keys alone, as
 * somebody of the brand. Each
 * key is pressed when what it acts on is on the screen.
 */
export async function clearInbox(
  { page, press, keystrokes }: Visitor,
  count: number,
  onAnswered: (done: number) => void = () => undefined,
): Promise<Cleared> {
  const keys = verdictKeys('brandAdmin')
  const verdicts: Record<string, number> = {}
  const pressedBefore = keystrokes()
  const startedMs = performance.now()
  let confirmed = 0
  let isStated = false
  if (!new URL(page.url()).searchParams.has('case')) await press('j')
  let before = ''
  for (let index = 0; index < count; index++) {
    before = await nextShown(page, before)
    const verdict = ANSWERS[index % ANSWERS.length] ?? ANSWERS[0]
    await press(keys.get(verdict) ?? '')
    await page.locator('input[type=radio]:checked').waitFor({ state: 'attached' })
    if (isInfringing(verdict)) {
      confirmed++
      // Accepted once, the statement stays accepted for the next.
      if (!isStated) await press('a')
      isStated = true
    }
    await press('Enter')
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    onAnswered(index + 1)
  }
  await until('the last answer is sent', () => isTaken(page, before), SHOWN)
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10
  return { verdicts, confirmed, keystrokes: keystrokes() - pressedBefore, seconds }
}

/** The id of the case that is open now, once another than `before` can be answered. */
function nextShown(page: Page, before: string): Promise<string> {
  return until(
    'the next case can be answered',
    async () => {
      const caseId = new URL(page.url()).searchParams.get('case')
      if (!caseId || caseId === before) return null
      const own = page.locator(`a[href="/cases/${encodeURIComponent(caseId)}"]`)
      const isThere =
        (await own.count()) > 0 && (await page.locator('input[type=radio]').count()) > 0
      return isThere ? caseId : null
    },
    SHOWN,
  )
}

async function isTaken(page: Page, caseId: string): Promise<boolean> {
  const answer = await page.request.get(`/v1/cases/${encodeURIComponent(caseId)}`)
  const { decision } = (await answer.json()) as { decision: unknown }
  return decision !== null
}
