import { caseId, fields, list, optional, shownText, text, word } from '../../form/forms.js'
import { noticeFailedHappenings } from '../../notice/unreachable.js'
import { NOTICE_KINDS, type NoticeKind } from '../../vocabulary.js'
import type { SignalRule } from './rule.js'

/** A mail about the case was refused for good; `detail` in the mail server's words. */
export interface NoticeFailedMessage {
  caseId: string
  /** The recipient, or the audience (`brand`, `accountManager`, `lead`) when it could not be told at all. */
  contactId: string
  kind: NoticeKind
  detail: string
  /** The recipients the brand has now, where it is one of them that could not be told. */
  contactIds?: string[]
}

/** Somebody could not be told of the case. */
export const noticeFailed: SignalRule<NoticeFailedMessage> = {
  form: fields<NoticeFailedMessage>({
    caseId,
    contactId: text(200),
    kind: word(NOTICE_KINDS),
    detail: shownText(10_000, 0),
    contactIds: optional(list(text(200), 100)),
  }),
  traceOf: () => null,
  happenings: noticeFailedHappenings,
}
