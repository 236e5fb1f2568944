import type { Caller } from '../../domain/case/message/caller.js'
import type { CaseState } from '../../domain/case/state.js'
import { allowedMessages } from '../../domain/case/refusing.js'
import { type CaseAct, PAGE_ACTS, type PageAct, type Role } from '../../domain/vocabulary.js'
import { isReopenable, REOPENERS } from '../../domain/case/reopening.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { base32Sha256 } from '../../platform/digest.js'
import type { PageCase } from './case-facts.js'
import type { AnswerForm } from './form.js'
import { besideField } from './problems.js'
import type { FormError, PageReader } from './reader.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** What the page offers beside an answer: what staff may do to the case as it stands. */
export function actsOf(
  { state, reopenedBy }: Pick<PageCase, 'state' | 'reopenedBy'>,
  caller: Caller,
  now: number,
): PageAct[] {
  const isReopener = (REOPENERS as readonly Role[]).includes(caller.role)
  const mayReopen = isReopener && reopenedBy === null && isReopenable(state)
  const messages: CaseAct[] = allowedMessages(state, caller, now)
  const allowed = mayReopen ? [...messages, 'reopen'] : messages
  return PAGE_ACTS.filter((act) => act !== 'decide' && allowed.includes(act))
}

/** One form for each act, with what it needs. */
export function actForms(
  state: CaseState,
  { locale }: PageReader,
  acts: readonly PageAct[],
  errors: readonly FormError[] = [],
): SafeHtml | null {
  if (acts.length === 0) return null
  const { acts: words } = answerWordsFor(locale)
  const text = (act: PageAct, label: string) => {
    const { note, attributes } = besideField(act, errors)
    return html`<label class="field"
      ><b>${label}</b>${note}<textarea
        id="${act}"
        name="message"
        maxlength="2000"
        required
        ${attributes}
      ></textarea>
    </label>`
  }
  const needs: Partial<Record<PageAct, SafeHtml | null>> = {
    returnToBrand: text('returnToBrand', words.returnToBrand.field),
    closeManually: text('closeManually', words.closeManually.field),
    reopen: text('reopen', words.reopen.field),
    retryTakedown:
      state.attention?.reason === 'listingChanged'
        ? html`<label class="choice">
            <input type="checkbox" name="acceptChanged" value="yes" required />
            <span>${words.acceptChanged}</span>
          </label>`
        : null,
  }
  return html`<h2>${words.heading}</h2>
    ${acts.map((act) =>
      act === 'decide'
        ? null
        : html`<form method="post" autocomplete="off">
            <input type="hidden" name="action" value="${act}" />
            <input type="hidden" name="rev" value="${state.rev}" />
            ${needs[act]}
            <button type="submit" class="second">${words[act].button}</button>
          </form>`,
    )}`
}

/** What a form of an act asks of the case, or what is missing, in the reader's language. */
export function readAct(
  { action, message = '', acceptChanged, rev = '0' }: AnswerForm,
  jti: string,
  { locale }: PageReader,
): { ok: false; error: FormError } | { ok: true; idempotencyKey: string; send: SentAct } {
  const text = message.trim()
  const { errors } = answerWordsFor(locale)
  const content = base32Sha256(JSON.stringify([text, acceptChanged ?? ''])).slice(0, 26)
  // The same button on the same page is the same message, however often it is pressed.
  const idempotencyKey = `${jti}:${rev}:${content}`
  switch (action) {
    case 'returnToBrand':
      return text
        ? { ok: true, idempotencyKey, send: { name: action, message: { message: text } } }
        : { ok: false, error: { field: action, text: errors.messageMissing } }
    case 'closeManually':
      return text
        ? { ok: true, idempotencyKey, send: { name: action, message: { reason: text } } }
        : { ok: false, error: { field: action, text: errors.reasonMissing } }
    case 'reopen':
      return text
        ? { ok: true, idempotencyKey, send: { name: action, message: { reason: text } } }
        : { ok: false, error: { field: action, text: errors.reopenReasonMissing } }
    case 'retryTakedown': {
      const accepted = acceptChanged ? { acceptChanged: true } : {}
      return { ok: true, idempotencyKey, send: { name: action, message: accepted } }
    }
    default:
      return { ok: false, error: { field: null, text: errors.notTaken } }
  }
}

/** A message of staff, without what the gateway fills in. */
export type SentAct =
  | { name: 'returnToBrand'; message: { message: string } }
  | { name: 'closeManually'; message: { reason: string } }
  | { name: 'reopen'; message: { reason: string } }
  | { name: 'retryTakedown'; message: { acceptChanged?: boolean } }
