import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

type SmtpOptions = NonNullable<ConstructorParameters<typeof SMTPServer>[0]>

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string
  to: string[]
  raw: string
}

export interface TestSmtpServer {
  url: string
  port: number
  received: ReceivedMail[]
  stop(): Promise<void>
}

/** A real SMTP server on loopback that keeps what it accepts; `options` make it refuse or break. */
export async function startSmtpServer(options: SmtpOptions = {}): Promise<TestSmtpServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, callback) {
      buffer(stream).then((content) => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: content.toString('utf8'),
        })
        callback()
      }, callback)
    },
    ...options,
  })
  // A client that hangs up is reported here too; the tests look at what the client was told.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

/** An error that makes the server answer with this SMTP reply code. */
export function smtpReply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

/** The header lines of a raw mail, unfolded, as the next server reads them: `[name, value]`. */
export function headerLines(raw: string): [name: string, value: string][] {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
}

/** The values of one header. */
export function headersNamed(raw: string, name: string): string[] {
  return headerLines(raw).flatMap(([key, value]) => (key === name ? [value] : []))
}

/** A header value with its RFC 2047 encoded words (UTF-8) read. */
export function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?UTF-8\?[BQ]\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map(([, encoding, text = '']) =>
          encoding?.toUpperCase() === 'B'
            ? Buffer.from(text, 'base64')
            : decodeQuotedPrintable(text.replace(/_/g, ' ')),
        ),
      ).toString(),
    )
}

/** The text and HTML parts of a raw multipart/alternative mail, decoded. */
export function bodyParts(raw: string): Record<string, string> {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? ''
  const parts = raw.split(`--${boundary}`).slice(1, -1)
  return Object.fromEntries(
    parts.map((part) => {
      const inner = part.replace(/^\r\n/, '')
      const type = headersNamed(inner, 'content-type')[0]?.split(';')[0] ?? ''
      const encoding = headersNamed(inner, 'content-transfer-encoding')[0]
      // The line end before a boundary belongs to the boundary (RFC 2046).
      const body = inner.slice(inner.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '')
      const bytes =
        encoding === 'base64'
          ? Buffer.from(body, 'base64')
          : encoding === 'quoted-printable'
            ? decodeQuotedPrintable(body)
            : Buffer.from(body)
      return [type, bytes.toString().replace(/\r\n/g, '\n')]
    }),
  )
}

function decodeQuotedPrintable(text: string): Buffer {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}
