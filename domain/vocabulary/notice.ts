/** The kinds of mail; each is grouped per contact. */
export const NOTICE_KINDS = [
  'asked',
  'reminder',
  'escalated',
  'decided',
  'takenDown',
  'withdrawn',
  'needsAttention',
  'lateAnswer',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
