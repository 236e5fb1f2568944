import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const Address = Type.Object({ address: Type.String(), name: Type.Optional(Type.String()) })

const MailSchema = Type.Object({
  id: Type.String(),
  /** When the inbox got it, ISO 8601. */
  time: Type.String(),
  subject: Type.Optional(Type.String()),
  from: Type.Array(Address),
  to: Type.Optional(Type.Array(Address)),
  /** Whom it was really delivered to, blind copies included. */
  envelope: Type.Object({ to: Type.Array(Type.Object({ address: Type.String() })) }),
  /** Names in lower case. */
  headers: Type.Record(Type.String(), Type.Unknown()),
  text: Type.Optional(Type.String()),
  html: Type.Optional(Type.String()),
})

/** A mail in the local inbox. */
export type Mail = Static<typeof MailSchema>

const mails = Compile(Type.Array(MailSchema))

/**
 * The mails in the inbox whose page is at `baseUrl`, in the order they arrived, without the first
 * `skip`: who reads along asks only for what is new.
 */
export async function listMails(baseUrl: string, skip = 0): Promise<Mail[]> {
  const content: unknown = await (await ask(baseUrl, 'GET', `/api/email?skip=${skip}`)).json()
  if (mails.Check(content)) return content
  const [first] = mails.Errors(content)
  throw new Error(`inbox: unexpected mail: ${first?.instancePath} ${first?.message}`)
}

/** Empties the inbox. */
export async function deleteAllMails(baseUrl: string): Promise<void> {
  await ask(baseUrl, 'DELETE', '/api/email/all')
}

async function ask(baseUrl: string, method: string, path: string): Promise<Response> {
  const response = await fetch(`${baseUrl}${path}`, { method })
  if (!response.ok) throw new Error(`inbox: ${method} ${path}: ${response.status}`)
  return response
}
