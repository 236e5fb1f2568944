import type { Verdict } from '../../domain/vocabulary.js'
import type { Applied } from '../../domain/case/message/reply.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { localNumber } from '../../notifications/local-format.js'
import { oneLine } from '../../notifications/plain-text.js'
import { answerJti } from '../../platform/answer-token.js'
import { inParallel } from '../../platform/in-parallel.js'
import type { CaseRow } from '../../store/store.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import { wordsFor } from '../../wording/vocabulary.js'
import { decideMessage } from '../cases/decide-message.js'
import type { RouteDeps } from '../deps.js'
import { problemOf } from '../errors.js'
import { winnerIn } from '../cases/naming-winner.js'
import { whatFollows } from './answered-page.js'
import { answeredBy } from './page.js'
import { waysOn } from './ways-on.js'
import { document } from './document.js'
import { type AnswerForm, filledFrom, readAnswer } from './form.js'
import { boxOf, caseOfBox, listPage } from './list-page.js'
import type { Neighbours } from './neighbours.js'
import type { PageReader } from './reader.js'
import { type Page, unknownPage } from './result-pages.js'
import { linkDecisionId } from './spending.js'
import { callerByLink } from './caller-by-link.js'
import type { ListVisit } from './visit.js'

const AT_ONCE = 8
const TITLE_MAX = 120

/** What became of the answer to one of many cases. */
type Outcome = { row: CaseRow; decisionId: string } & (
  { kind: 'applied'; applied: Applied } | { kind: 'accepted' } | { kind: 'refused'; why: string }
)

/** Answers the selected cases of a mail alike, or undoes that, and tells what became of each. */
export function createSubmitList(
  { gateway, metrics }: Pick<RouteDeps, 'gateway' | 'metrics'>,
  neighbours: Neighbours,
): (visit: ListVisit, fields: AnswerForm) => Promise<Page> {
  return (visit, fields) => {
    if (fields.action === 'undecide') return undo(visit, fields)
    return (fields.action ?? 'decide') === 'decide'
      ? answer(visit, fields)
      : Promise.resolve(unknownPage(visit.reader.locale))
  }

  async function answer(visit: ListVisit, fields: AnswerForm): Promise<Page> {
    const { claims, reader } = visit
    const cases = await neighbours.read(claims)
    if (!cases) return unknownPage(reader.locale)
    const words = answerWordsFor(reader.locale)
    const boxes = fields.case ?? []
    // What others have answered since is asked for all the same: the refusal says who was first.
    const selected = [...cases.waiting, ...cases.taken].flatMap((row) => {
      const box = boxes.map(caseOfBox).find(({ caseId }) => caseId === row.caseId)
      return box ? [{ row, shownHash: box.rest }] : []
    })
    const given = readAnswer(fields, reader)
    const errors = [
      ...(boxes.length > 0 ? [] : [{ field: 'cases', text: words.errors.noneSelected }]),
      ...(given.ok ? [] : given.errors),
    ]
    if (!given.ok || errors.length > 0) {
      const addressOf = (caseId: string) => neighbours.addressOf(claims, caseId)
      const again = listPage(cases, reader, {}, addressOf, filledFrom(fields), errors)
      return { status: 422, html: again }
    }
    const { decision } = given
    const isBulk = selected.length > 1
    const outcomes = await inParallel(selected, AT_ONCE, ({ row, shownHash }) =>
      answerOne(row, { ...decision, shownHash }, isBulk),
    )
    return resultPage(visit, decision.verdict, outcomes)

    async function answerOne(
      row: CaseRow,
      one: typeof decision & { shownHash: string },
      bulk: boolean,
    ): Promise<Outcome> {
      const { caseId, state } = row
      const caller = callerByLink(claims, caseId)
      const content = [String(state.answers.length), one]
      const decisionId = linkDecisionId(answerJti(claims.mailId, caseId), content)
      const about = { row, decisionId }
      if (!caller) return { ...about, kind: 'refused', why: words.errors.itemNotTaken }
      try {
        const answered = await gateway.decide(decideMessage(one, caller, caseId, decisionId, bulk))
        metrics.decision(answered.kind)
        return { ...about, ...answered }
      } catch (error) {
        metrics.decision('refused')
        return { ...about, kind: 'refused', why: whyNot(error, reader) }
      }
    }
  }

  async function resultPage(
    { claims, reader }: ListVisit,
    verdict: Verdict,
    outcomes: readonly Outcome[],
  ): Promise<Page> {
    const { locale } = reader
    const { list, results } = answerWordsFor(locale)
    const number = (count: number) => localNumber(count, locale)
    const taken = outcomes.filter(({ kind }) => kind !== 'refused')
    const refused = outcomes.flatMap((one) => (one.kind === 'refused' ? [one] : []))
    const held = outcomes.flatMap((one) =>
      one.kind === 'applied' && one.applied.phase === 'coolingOff' ? [one] : [],
    )
    const follows = outcomes.flatMap((one) =>
      one.kind === 'applied' ? [whatFollows(one.applied, verdict, reader)] : [results.keptText],
    )
    const left = await neighbours.read(claims)
    const sentIds = new Set(taken.map(({ row }) => row.caseId))
    // The record may be a moment behind what was just answered.
    const waiting = (left?.waiting ?? []).filter(({ caseId }) => !sentIds.has(caseId))
    const [next] = waiting
    const onward = {
      waiting: waiting.length,
      next: next ? neighbours.addressOf(claims, next.caseId) : null,
      all: neighbours.addressOfAll(claims),
    }
    const body = html`<p>${results.recordedText(wordsFor(locale).verdicts[verdict].label)}</p>
      ${taken.length > 0 ? [...new Set(follows)].map((text) => html`<p>${text}</p> `) : null}
      ${held.length > 0 ? undoForm(held, list.undo(number(held.length))) : null}
      ${refused.length > 0 ? refusedList(refused, list.notTaken(number(refused.length))) : null}
      ${waysOn(onward, locale)}`
    const heading = list.recorded(number(taken.length))
    const status = taken.length === 0 ? 409 : 200
    return { status, html: document(locale, heading, null, body) }
  }

  function refusedList(
    refused: readonly (Outcome & { kind: 'refused' })[],
    heading: string,
  ): SafeHtml {
    return html`<div class="alarm" role="alert">
      <p><strong>${heading}</strong></p>
      <ul>
        ${refused.map(({ row, why }) => html`<li>${oneLine(row.title, TITLE_MAX)}: ${why}</li>`)}
      </ul>
    </div>`
  }

  async function undo({ claims, reader }: ListVisit, fields: AnswerForm): Promise<Page> {
    const { locale } = reader
    const cases = await neighbours.read(claims)
    if (!cases) return unknownPage(locale)
    const results = await inParallel(fields.case ?? [], AT_ONCE, async (box) => {
      const { caseId, rest: decisionId } = caseOfBox(box)
      const caller = cases.caseIds.includes(caseId) ? callerByLink(claims, caseId) : null
      if (!caller) return false
      const message = { decisionId, reason: 'stopped by the link in a mail' }
      const idempotencyKey = `${claims.jti}:${decisionId}`
      try {
        await gateway.send('undecide', caller, caseId, message, { idempotencyKey })
        return true
      } catch (error) {
        if (problemOf(error).status >= 500) throw error
        return false
      }
    })
    const { list, results: words } = answerWordsFor(locale)
    const count = (isUndone: boolean) =>
      localNumber(results.filter((one) => one === isUndone).length, locale)
    const body = html`<p>${list.undone(count(true))}</p>
      ${results.includes(false) ? html`<p>${list.notTaken(count(false))}</p>` : null}
      <p>
        <a class="way" href="${neighbours.addressOfAll(claims)}"
          >${answerWordsFor(locale).choose}</a
        >
      </p>`
    return { status: 200, html: document(locale, words.undone, null, body) }
  }
}

function undoForm(held: readonly { row: CaseRow; decisionId: string }[], button: string): SafeHtml {
  return html`<form method="post" autocomplete="off">
    <input type="hidden" name="action" value="undecide" />
    ${held.map(
      ({ row, decisionId }) =>
        html`<input type="hidden" name="case" value="${boxOf(row.caseId, decisionId)}" />`,
    )}
    <button type="submit">${button}</button>
  </form>`
}

/** Why one of many answers was not taken; throws what is no refusal. */
function whyNot(error: unknown, reader: PageReader): string {
  const { locale, role } = reader
  const { status, code } = problemOf(error)
  const winner = winnerIn(error)
  const { errors, results } = answerWordsFor(locale)
  if (status >= 500) throw error
  if (winner) return answeredBy(winner, reader)
  switch (code) {
    case 'already-decided':
      return results.alreadyDecided
    case 'case-closed':
      return results.closed
    case 'listing-changed':
      return errors.itemChanged
    case 'not-allowed-for-role':
      return role === 'brandMember' ? errors.itemNotTaken : errors.proofMissing
    default:
      return errors.itemNotTaken
  }
}
