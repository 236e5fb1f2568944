import { wordsFor } from '../../wording/vocabulary.js'
import { base32Sha256 } from '../../platform/digest.js'
import type { RouteDeps } from '../deps.js'
import { decideMessage } from '../cases/decide-message.js'
import { readAct } from './acts.js'
import { type AnswerForm, readAnswer } from './form.js'
import { messagePage } from './page.js'
import type { Page } from './result-pages.js'
import type { Showing } from './showing.js'
import type { Visit } from './visit.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** Does what the form of a genuine link says, and gives the page that tells what became of it. */
export function createSubmit(
  { gateway, metrics, reopenCase }: Pick<RouteDeps, 'gateway' | 'metrics' | 'reopenCase'>,
  showing: Showing,
): (visit: Visit, fields: AnswerForm) => Promise<Page> {
  return (visit, fields) => {
    const { action = 'decide' } = fields
    if (action === 'undecide') return stop(visit, fields)
    return action === 'decide' ? answer(visit, fields) : act(visit, fields)
  }

  async function answer(visit: Visit, fields: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const { locale } = reader
    const given = readAnswer(fields, reader)
    if (!given.ok) return showing.formAgain(visit, fields, given.errors)
    const { decision } = given
    // The same form filled in alike is the same decision, however often the button is pressed; after
    // another answer, which may have been undone or handed back, the link shows another form.
    const { answersBefore = '0' } = fields
    const form = [claims.jti, answersBefore, decision]
    const id = base32Sha256(JSON.stringify(form)).slice(0, 26)
    const message = decideMessage(decision, caller, claims.caseId, `link-${id}`, false)
    const { results } = answerWordsFor(locale)
    const { label } = wordsFor(locale).verdicts[decision.verdict]
    try {
      const { kind } = await gateway.decide(message)
      metrics.decision(kind)
      return kind === 'applied'
        ? { status: 200, html: messagePage(locale, results.recorded, results.recordedText(label)) }
        : { status: 202, html: messagePage(locale, results.kept, results.keptText) }
    } catch (error) {
      metrics.decision('refused')
      return showing.refusedPage(error, visit, fields)
    }
  }

  async function stop(visit: Visit, { decisionId = '' }: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const { undone, undoneText } = answerWordsFor(reader.locale).results
    const message = { decisionId, reason: 'stopped by the link in a mail' }
    const idempotencyKey = `${claims.jti}:${decisionId}`
    try {
      await gateway.send('undecide', caller, claims.caseId, message, { idempotencyKey })
      return { status: 200, html: messagePage(reader.locale, undone, undoneText) }
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
