import {
  ACCOUNT_MAIL_KINDS,
  type AccountMailKind,
  NOTICE_KINDS,
  type NoticeKind,
  QUESTION_MAIL_KINDS,
  type QuestionMailKind,
} from '../../domain/vocabulary.js'
import { type AnswerClaims, readAnswerToken } from '../../platform/answer-token.js'
import { listMails, type Mail } from '../inbox/client.js'

/** A link of a mail on which its reader answers one case. */
export interface AnswerLink extends Pick<AnswerClaims, 'caseId' | 'role'> {
  url: string
}

/** What a person takes from one mail of the service. */
export interface Letter {
  to: string
  kind: NoticeKind
  links: AnswerLink[]
}

const ANSWER_LINK = /https?:\/\/\S+\/answer\/(\S+)/g

/** Reads the mails of an inbox in the order they arrived. Links tell their case to `secret`'s owner. */
export function openLetterbox(inboxUrl: string, secret: string) {
  let seen = 0
  return {
    /** Mails read so far. */
    count: () => seen,
    /** The mails about cases that arrived since the last call. */
    async read(): Promise<Letter[]> {
      const mails = await listMails(inboxUrl, seen)
      seen += mails.length
      const letters = await Promise.all(mails.map((mail) => toLetter(mail, secret)))
      return letters.flat()
    },
  }
}
export type Letterbox = ReturnType<typeof openLetterbox>

async function toLetter({ envelope, headers, text = '' }: Mail, secret: string): Promise<Letter[]> {
  const kind = kindOf(String(headers['message-id']))
  if (!isAboutCases(kind)) return []
  const links: AnswerLink[] = []
  for (const [url, token = ''] of text.matchAll(ANSWER_LINK)) {
    const reading = readAnswerToken(token, [secret], Date.now())
    if (!reading.ok) continue
    const { claims } = reading
    const { role } = claims
    if ('caseId' in claims) links.push({ url, caseId: claims.caseId, role })
    else links.push(...(await linksBehind(url, secret)))
  }
  return [{ to: envelope.to[0]?.address ?? '', kind, links }]
}

/** A mail shows ten cases; the links to all of them are on the page behind its button. */
async function linksBehind(url: string, secret: string): Promise<AnswerLink[]> {
  const page = await (await fetch(url)).text()
  return [...page.matchAll(/href="(\/answer\/([^"]+))"/g)].flatMap(([, path = '', token = '']) => {
    const reading = readAnswerToken(token, [secret], Date.now())
    if (!reading.ok || !('caseId' in reading.claims)) return []
    const { caseId, role } = reading.claims
    return [{ url: new URL(path, url).href, caseId, role }]
  })
}

/** A Message-ID of the service is `<contact.kind.window@domain>` (notifications/mail-transport.ts). */
function kindOf(messageId: string): NoticeKind | AccountMailKind | QuestionMailKind {
  const word = messageId.split('.')[1]
  const kind = [...NOTICE_KINDS, ...ACCOUNT_MAIL_KINDS, ...QUESTION_MAIL_KINDS].find(
    (known) => known === word,
  )
  if (kind) return kind
  throw new Error(`${messageId} is not the Message-ID of a mail of this service`)
}

function isAboutCases(kind: NoticeKind | AccountMailKind | QuestionMailKind): kind is NoticeKind {
  return (NOTICE_KINDS as readonly string[]).includes(kind)
}
