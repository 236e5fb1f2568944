import { connect, createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { MailError } from '../../notifications/mail-error.js'
import {
  createMailTransport,
  type Mail,
  type MailTransport,
} from '../../notifications/mail-transport.js'
import { renderMail } from '../../notifications/render.js'
import { buildMailInput } from './build-mail.js'
import {
  bodyParts,
  decodeWords,
  headerLines,
  headersNamed,
  smtpReply,
  startSmtpServer,
} from './smtp-server.js'

const cleanUps: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function buildMail(changes: Partial<Mail> = {}): Mail {
  return {
    to: { name: 'Wei Zhang', address: 'wei@brand.example' },
    contactId: 'contact-41',
    kind: 'asked',
    window: '2026-11-23T09:15',
    caseId: 'case~taobao~7391.2~hp~k3v9qm2xw7a4b',
    subject: 'Is this genuine?',
    text: 'text part\n',
    html: '<p>html part</p>\n',
    ...changes,
  }
}

async function startServer(options?: Parameters<typeof startSmtpServer>[0]) {
  const server = await startSmtpServer(options)
  cleanUps.push(() => server.stop())
  return server
}

function transportTo(smtpUrl: string): MailTransport {
  const transport = createMailTransport({
    smtpUrl,
    from: 'Joint-Force <no-reply@ipr.example>',
    messageIdDomain: 'ipr.example',
  })
  cleanUps.push(() => transport.close())
  return transport
}

async function failureOf(sending: Promise<unknown>): Promise<MailError> {
  const failure = await sending.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failure instanceof MailError) return failure
  throw new Error('expected a MailError', { cause: failure })
}

describe('sending a mail', () => {
  it('hands text and HTML in UTF-8 to the server, marked as automatic', async () => {
    const server = await startServer()
    const mail = renderMail(buildMailInput({ contact: { locale: 'zh-CN', name: '张伟' } }))
    const sent = await transportTo(server.url).send(
      buildMail({ ...mail, to: { name: '张伟', address: 'wei@brand.example' } }),
    )

    expect(sent.accepted).toBe('wei@brand.example')
    expect(server.received).toHaveLength(1)
    const [{ raw, to, from }] = server.received as [(typeof server.received)[0]]
    expect({ to, from }).toEqual({ to: ['wei@brand.example'], from: 'no-reply@ipr.example' })
    expect(headersNamed(raw, 'message-id')).toEqual([sent.messageId])
    expect(headersNamed(raw, 'auto-submitted')).toEqual(['auto-generated'])
    expect(headersNamed(raw, 'to').map(decodeWords)).toEqual(['张伟 <wei@brand.example>'])
    expect(headersNamed(raw, 'subject').map(decodeWords)).toEqual([mail.subject])
    expect(bodyParts(raw)).toEqual({ 'text/plain': mail.text, 'text/html': mail.html })
  })

  it('keeps the Message-ID when it is sent again, and only then', async () => {
    const server = await startServer()
    const transport = transportTo(server.url)
    const send = async (changes: Partial<Mail>) =>
      (await transport.send(buildMail(changes))).messageId

    const first = await send({})
    expect(first).toBe('<contact-41.asked.2026-11-23T09%3A15@ipr.example>')
    expect(await send({ subject: 'worded anew' })).toBe(first)
    const others = [
      await send({ window: '2026-11-23T09:30' }),
      await send({ kind: 'reminder' }),
      await send({ contactId: 'contact-42' }),
      await send({ contactId: 'contact-41.asked', kind: 'reminder' }),
    ]
    expect(new Set([first, ...others]).size).toBe(5)
  })

  it('makes one thread per case and contact, and none of a mail about several', async () => {
    const server = await startServer()
    const transport = transportTo(server.url)
    await transport.send(buildMail())
    await transport.send(buildMail({ kind: 'reminder' }))
    await transport.send(buildMail({ contactId: 'contact-42' }))
    const { caseId: _, ...several } = buildMail()
    await transport.send(several)

    const threads = server.received.map(({ raw }) => headersNamed(raw, 'references'))
    const thread = '<case~taobao~7391%2E2~hp~k3v9qm2xw7a4b.contact-41@ipr.example>'
    expect(threads.slice(0, 2)).toEqual([[thread], [thread]])
    expect(threads[2]).not.toEqual([thread])
    expect(threads[3]).toEqual([])
    expect(server.received.map(({ raw }) => headersNamed(raw, 'in-reply-to'))).toEqual(threads)
  })

  it('does not let a title, a name or an id start a header or another body', async () => {
    const server = await startServer()
    const transport = transportTo(server.url)
    await transport.send(buildMail())
    const names = (raw: string) => headerLines(raw).map(([name]) => name)
    const expected = names(server.received[0]?.raw ?? '')
    const breakOut = fc.constantFrom(
      '\r\nBcc: thief@evil.example',
      '\nX-Evil: 1',
      '\r\n\r\n<h1>body</h1>',
      '\u2028Bcc: thief@evil.example',
      '\u0000\r.\r\n',
      '\u202egnp.exe',
      '" <thief@evil.example>, "',
      '=?UTF-8?Q?=0D=0ABcc:_thief@evil.example?=',
    )
    const hostile = fc
      .array(fc.oneof(breakOut, fc.string({ unit: 'binary', maxLength: 60 })), { minLength: 1 })
      .map((parts) => parts.join(''))

    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        await transport.send(
          buildMail({
            subject: `Is this genuine? ${text}`,
            to: { name: text, address: 'wei@brand.example' },
            contactId: `c${text}`,
            caseId: `c${text}`,
          }),
        )
        const mail = server.received.at(-1)
        expect(mail?.to).toEqual(['wei@brand.example'])
        expect(names(mail?.raw ?? '')).toEqual(expected)
        const [subject = ''] = headersNamed(mail?.raw ?? '', 'subject').map(decodeWords)
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
        expect(Array.from(subject).length).toBeLessThanOrEqual(160)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a mail that is not taken', () => {
  const atRecipient = (code: number, message: string) => ({
    onRcptTo: (_address: unknown, _session: unknown, callback: (error?: Error) => void) =>
      callback(smtpReply(code, message)),
  })

  it.each([
    [550, '5.1.1 No such user', 'refused'],
    [553, '5.1.3 Bad address syntax', 'refused'],
    [451, '4.7.1 Greylisted, try again later', 'retry'],
    [452, '4.2.2 Mailbox full', 'retry'],
    [421, '4.3.2 Shutting down', 'retry'],
    [554, '5.7.1 Relay access denied', 'configuration'],
    [530, '5.7.0 Authentication required', 'configuration'],
  ])('with %i %s at the recipient is sorted as %s', async (code, message, kind) => {
    const server = await startServer(atRecipient(code, message))
    const failure = await failureOf(transportTo(server.url).send(buildMail()))
    expect(failure.kind).toBe(kind)
    expect(failure.message).toContain(message)
    expect(server.received).toEqual([])
  })

  it('is told without the address, which must not get into the record or the Temporal UI', async () => {
    const answer = '5.1.1 <mei.lin@northwind.example>: no such user "mei.lin@northwind.example"'
    const server = await startServer(atRecipient(550, answer))
    const { message } = await failureOf(transportTo(server.url).send(buildMail()))
    expect(message).toContain('5.1.1 <…>: no such user "…"')
    expect(message).not.toContain('@')
  })

  it('because our sender is refused is for the operator', async () => {
    const server = await startServer({
      onMailFrom: (_address, _session, callback) => callback(smtpReply(550, 'Sender unknown')),
    })
    const failure = await failureOf(transportTo(server.url).send(buildMail()))
    expect(failure.kind).toBe('configuration')
  })

  it.each([
    [554, 'refused'],
    [451, 'retry'],
  ])('with %i after its content is sorted as %s', async (code, kind) => {
    const server = await startServer({
      onData(stream, _session, callback) {
        stream.resume().on('end', () => callback(smtpReply(code, 'content')))
      },
    })
    expect((await failureOf(transportTo(server.url).send(buildMail()))).kind).toBe(kind)
  })

  it('because the connection drops after its content may be tried again, once at a time', async () => {
    let contents = 0
    const server = await startServer({
      onData(stream) {
        stream.resume().on('end', () => {
          contents += 1
          for (const connection of droppable) connection.destroy()
        })
      },
    })
    // The proxy between client and server is what breaks, as networks do.
    const droppable = new Set<{ destroy(): void }>()
    const proxy = createServer((client) => {
      const upstream = connect(server.port, '127.0.0.1')
      droppable.add(client).add(upstream)
      client.on('error', () => undefined).pipe(upstream)
      upstream.on('error', () => undefined).pipe(client)
    })
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => new Promise((resolve) => void proxy.close(() => resolve())))
    const { port } = proxy.address() as AddressInfo

    const failure = await failureOf(transportTo(`smtp://127.0.0.1:${port}`).send(buildMail()))
    expect(failure.kind).toBe('retry')
    expect(contents).toBe(1)
  })

  it('because nobody listens may be tried again', async () => {
    const server = await startSmtpServer()
    await server.stop()
    const failure = await failureOf(transportTo(server.url).send(buildMail()))
    expect(failure.kind).toBe('retry')
    expect(failure.message).toContain('ECONNREFUSED')
  })

  it('because the log-in fails is for the operator, and names no password', async () => {
    const server = await startServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(smtpReply(535, 'Bad credentials')),
    })
    const url = `smtp://sender:hunter2secret@127.0.0.1:${server.port}?requireTLS=false`
    const failure = await failureOf(transportTo(url).send(buildMail()))
    expect(failure.kind).toBe('configuration')
    expect(failure.message).toContain('Bad credentials')
    expect(failure.message).not.toContain('hunter2secret')
  })

  it.each(['', '?pool=true', '?ignoreTLS=true'])(
    'because a password would be sent in clear text is for the operator (%s)',
    async (query) => {
      let logins = 0
      const server = await startServer({
        allowInsecureAuth: true,
        onAuth: (_auth, _session, callback) => {
          logins++
          callback(null, { user: 'sender' })
        },
      })
      const url = `smtp://sender:hunter2secret@127.0.0.1:${server.port}${query}`
      const failure = await failureOf(transportTo(url).send(buildMail()))
      expect(failure.kind).toBe('configuration')
      expect(failure.message).toContain('requireTLS=false')
      expect(logins).toBe(0)

      const allowed = transportTo(`${url.split('?')[0]}?requireTLS=false`)
      await allowed.send(buildMail())
      expect(logins).toBe(1)
    },
  )

  it('because required encryption is missing or not trusted is for the operator', async () => {
    const plain = await startServer()
    const missing = await failureOf(transportTo(`${plain.url}?requireTLS=true`).send(buildMail()))
    expect(missing.kind).toBe('configuration')

    // smtp-server brings a self-signed certificate of its own.
    const untrusted = await startServer({ disabledCommands: [] })
    const refused = await failureOf(transportTo(untrusted.url).send(buildMail()))
    expect(refused.kind).toBe('configuration')
    expect(untrusted.received).toEqual([])
  })

  it.each(['', 'no-at-sign', 'a@b\r\nRCPT TO:<c@d.example>', 'a@b,c@d', 'a b@c.example', '<a@b>'])(
    'because %j is no address is refused without asking the server',
    async (address) => {
      const server = await startServer()
      const sending = transportTo(server.url).send(buildMail({ to: { name: 'Wei', address } }))
      expect((await failureOf(sending)).kind).toBe('refused')
      expect(server.received).toEqual([])
    },
  )
})
