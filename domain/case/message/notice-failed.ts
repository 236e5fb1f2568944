import { caseId, fields, list, optional, shownText, text, word } from '../../form/forms.js'
import { noticeFailedHappenings, type NoticeFailedMessage } from '../../notice/unreachable.js'
import { NOTICE_KINDS } from '../../vocabulary.js'
import type { SignalRule } from './rule.js'

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
