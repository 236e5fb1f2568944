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

/** What became of a mail about cases: the mail server took it, refused it for good, or sent it back later. */
export const MAIL_RESULTS = ['sending', 'sent', 'refused', 'bounced'] as const
export type MailResult = (typeof MAIL_RESULTS)[number]

/** How often somebody gets mails that can wait. */
export const MAIL_FREQUENCIES = ['atOnce', 'hourly', 'daily'] as const
export type MailFrequency = (typeof MAIL_FREQUENCIES)[number]

/** Mails about signing in; each goes out alone, at once. */
export const ACCOUNT_MAIL_KINDS = ['signIn', 'invitation', 'added'] as const
export type AccountMailKind = (typeof ACCOUNT_MAIL_KINDS)[number]
