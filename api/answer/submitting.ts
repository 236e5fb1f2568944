import { wordsFor } from '../../wording/vocabulary.js'
import type { RouteDeps } from '../deps.js'
import { decideMessage } from '../cases/decide-message.js'
import { readAct } from './acts.js'
import { type AnswerForm, readAnswer } from './form.js'
import { messagePage } from './page.js'
import type { PageCase } from './case-facts.js'
import { type Page, spentPage } from './result-pages.js'
import type { Showing } from './showing.js'
import type { Neighbours } from './neighbours.js'
import { answeredPage, undonePage } from './answered-page.js'
import { linkDecisionId, spentOn } from './spending.js'
import type { Visit } from './visit.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** Does what the form of a genuine link says, and gives the page that tells what became of it. */
export function createSubmit(
  { gateway, metrics, reopenCase }: Pick<RouteDeps, 'gateway' | 'metrics' | 'reopenCase'>,
  showing: Showing,
  neighbours: Neighbours,
): (visit: Visit, fields: AnswerForm, known: PageCase | null) => Promise<Page> {
  return async (visit, fields, known) => {
    const { action = 'decide' } = fields
    if (action === 'undecide') return stop(visit, fields)
    return action === 'decide' ? answer(visit, fields, known) : act(visit, fields)
  }

  async function answer(visit: Visit, fields: AnswerForm, known: PageCase | null): Promise<Page> {
    const { claims, reader, caller } = visit
    const given = readAnswer(fields, reader)
    if (!given.ok) return showing.formAgain(visit, fields, given.errors)
    const { decision } = given
    // After an answer that was undone the same link shows another form.
    const { answersBefore = '0' } = fields
    const decisionId = linkDecisionId(claims.jti, [answersBefore, decision])
    const spent = known && spentOn(known.state, claims.jti)
    const isRepeat = known?.state.answers.some((one) => one.decisionId === decisionId)
    if (known && spent && !known.state.decision && !isRepeat) {
      return spentPage(known.state, spent, reader.locale)
    }
    const message = decideMessage(decision, caller, claims.caseId, decisionId, false)
    try {
      const answered = await gateway.decide(message)
      metrics.decision(answered.kind)
      const onward = await neighbours.after(claims)
      return answeredPage(answered, decision.verdict, reader, onward)
    } catch (error) {
      metrics.decision('refused')
      return showing.refusedPage(error, visit, fields)
    }
  }

  async function stop(visit: Visit, { decisionId = '' }: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const message = { decisionId, reason: 'stopped by the link in a mail' }
    const idempotencyKey = `${claims.jti}:${decisionId}`
    try {
      await gateway.send('undecide', caller, claims.caseId, message, { idempotencyKey })
      // The question is back, and with it the form.
      const again = neighbours.addressOf(claims, claims.caseId)
      return { status: 200, html: undonePage(reader.locale, again) }
    } catch (error) {
      return showing.refusedPage(error, visit, {})
    }
  }

  /** Returns the case, asks the marketplace again, closes or reopens it, as staff's form says. */
  async function act(visit: Visit, fields: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const read = readAct(fields, claims.jti, reader)
    if (!read.ok) return showing.formAgain(visit, fields, [read.error])
    const { send, idempotencyKey } = read
    const { caseId } = claims
    try {
      if (send.name === 'reopen') {
        await reopenCase({ caller, caseId, ...send.message, idempotencyKey })
        const { done, reopenedText } = answerWordsFor(reader.locale).results
        return { status: 202, html: messagePage(reader.locale, done, reopenedText) }
      }
      const { name, message } = send
      const { phase } = await gateway.send(name, caller, caseId, message, { idempotencyKey })
      const { results } = answerWordsFor(reader.locale)
      const text = results.doneText(wordsFor(reader.locale).phases[phase])
      return { status: 200, html: messagePage(reader.locale, results.done, text) }
    } catch (error) {
      return showing.refusedPage(error, visit, fields)
    }
  }
}
