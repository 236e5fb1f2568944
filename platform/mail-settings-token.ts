import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whose mail settings a link opens: a recipient at an address, as `addressDigest` has it. */
export interface MailSettingsClaims {
  recipient: string
  address: string
}

const FORMAT = /^s1\.([\w-]{1,400})\.([\w-]{43})$/

/**
 * The url-safe token of the link in a mail by which its recipient chooses how they get mails. It has
 * no end: an old mail can be unsubscribed from, too. Signed apart from links that answer.
 */
export function issueMailSettingsToken(claims: MailSettingsClaims, secret: string): string {
  const { recipient, address } = claims
  const payload = Buffer.from(JSON.stringify([recipient, address])).toString('base64url')
  return `s1.${payload}.${mac(payload, secret)}`
}

/** What a token signed with any of `secrets` says; `null` for any other text. */
export function readMailSettingsToken(
  token: string,
  secrets: readonly string[],
): MailSettingsClaims | null {
  const [, payload, given] = FORMAT.exec(token) ?? []
  if (payload === undefined || given === undefined) return null
  const isGenuine = secrets.some((secret) =>
    timingSafeEqual(Buffer.from(given), Buffer.from(mac(payload, secret))),
  )
  if (!isGenuine) return null
  const [recipient, address] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[]
  return recipient && address ? { recipient, address } : null
}

function mac(payload: string, secret: string): string {
  return createHmac('sha256', secret).update(`mail-settings:s1.${payload}`).digest('base64url')
}
