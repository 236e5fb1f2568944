import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { headersNamed } from '../notifications/smtp-server.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import { startApi, type TestApi } from './test-api.js'

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:bounces'
const CERTIFICATE_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem'
const KEY = 'the signing key of the tests'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const fetched: string[] = []

let service: TestService
let api: TestApi
beforeAll(async () => {
  service = await startService()
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const fetchText = (address: URL) => {
    fetched.push(address.href)
    return Promise.resolve(certificate)
  }
  api = await startApi(service, { bounces: { snsTopics: [TOPIC], mailgunKey: KEY, fetchText } })
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

/** A case whose question has left, and the Message-ID that it left with. */
async function askedByMail(): Promise<{ caseId: string; messageId: string }> {
  const before = service.smtp.received.length
  const { caseId } = await reportAskedCase(service)
  const mail = () => service.smtp.received.slice(before).find(({ raw }) => raw.includes('.asked.'))
  await until('it is mailed', () => mail() !== undefined, { withinMs: 20_000 })
  const about = async () => (await service.store.mails.about(EVERYTHING, caseId))[0]?.result
  await until('it is kept', async () => (await about()) === 'sent', { withinMs: 10_000 })
  return { caseId, messageId: headersNamed(mail()?.raw ?? '', 'message-id')[0] ?? '' }
}

function sns(bounce: object, changes: Record<string, string> = {}, key = privateKey): string {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: TOPIC,
    Message: JSON.stringify(bounce),
    Timestamp: '2026-12-01T00:00:00.000Z',
    SignatureVersion: '2',
    SigningCertURL: CERTIFICATE_URL,
    ...changes,
  }
  const names =
    message['Type'] === 'Notification'
      ? ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const text = names.map((name) => `${name}\n${message[name] ?? ''}\n`).join('')
  const algorithm = message['SignatureVersion'] === '1' ? 'RSA-SHA1' : 'RSA-SHA256'
  const Signature = createSign(algorithm).update(text).sign(key, 'base64')
  return JSON.stringify({ ...message, Signature })
}
const sesEvent = (messageId: string, bounceType = 'Permanent') => ({
  notificationType: 'Bounce',
  bounce: {
    ...{ bounceType, bounceSubType: 'General', timestamp: '2026-12-01T00:00:00.000Z' },
    bouncedRecipients: [
      {
        ...{ emailAddress: 'mei.lin@northwind.example', action: 'failed', status: '5.1.1' },
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      },
    ],
  },
  mail: {
    messageId: '00000138111222aa-000000',
    headersTruncated: false,
    headers: [{ name: 'Message-ID', value: messageId }],
  },
})
function mailgun(messageId: string, severity = 'permanent', key = KEY): string {
  const [timestamp, token] = [String(Math.floor(Date.now() / 1_000)), 'f00d'.repeat(12)]
  const signature = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex')
  return JSON.stringify({
    signature: { timestamp, token, signature },
    'event-data': {
      ...{ event: 'failed', severity, reason: 'bounce', timestamp: Date.now() / 1_000 },
      message: { headers: { 'message-id': messageId.replace(/[<>]/g, '') } },
      'delivery-status': { code: 550, message: '5.1.1 user unknown' },
    },
  })
}
const post = (provider: string, payload: string, type = 'text/plain; charset=UTF-8') =>
  api.app.inject({
    ...{ method: 'POST', url: `/v1/bounces/${provider}`, payload },
    headers: { 'content-type': type },
  })
const failuresOf = async (caseId: string) =>
  (await service.store.cases.get(EVERYTHING, caseId))?.state.failedNotices ?? []

describe('a mail that comes back', () => {
  it.each([
    ['ses', (id: string) => sns(sesEvent(id)), 'text/plain; charset=UTF-8'],
    ['ses', (id: string) => sns(sesEvent(id), { SignatureVersion: '1' }), 'text/plain'],
    ['mailgun', (id: string) => mailgun(id), 'application/json'],
  ] as const)(
    'is an event of its case, once, and the case goes on without it: %s',
    async (provider, told, type) => {
      const { caseId, messageId } = await askedByMail()
      for (let times = 0; times < 3; times++) {
        expect((await post(provider, told(messageId), type)).statusCode).toBe(204)
      }
      const state = await untilRecorded(
        service,
        caseId,
        ({ phase }) => phase === 'awaitingAccountManager',
      )
      expect(state.failedNotices).toMatchObject([
        {
          contactId: brandRecipient('northwind', 'mei-lin'),
          kind: 'asked',
          detail: expect.stringContaining('user unknown'),
        },
      ])
      const [mail] = await service.store.mails.about(EVERYTHING, caseId)
      expect(mail?.result).toBe('bounced')
    },
  )

  it('is believed by nobody else’s word, nor while it may still arrive', async () => {
    const { caseId, messageId } = await askedByMail()
    const { privateKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const event = sesEvent(messageId)
    fetched.length = 0
    for (const [provider, body, status] of [
      ['ses', sns(event, {}, other), 401],
      ['ses', sns(event).replace('550', '551'), 401],
      ['ses', sns(event, { TopicArn: TOPIC.replace('123456789012', '999999999999') }), 401],
      [
        'ses',
        sns(event, { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem' }),
        401,
      ],
      ['ses', sns(event, { SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/a.pem' }), 401],
      ['ses', 'no json', 400],
      ['ses', sns(sesEvent(messageId, 'Transient')), 204],
      ['ses', sns(sesEvent('<of.nobody@elsewhere.example>')), 204],
      ['mailgun', mailgun(messageId, 'permanent', 'another key'), 401],
      ['mailgun', mailgun(messageId, 'temporary'), 204],
      ['mailgun', '{}', 401],
      ['postmark', '{}', 400],
    ] as const) {
      const { statusCode } = await post(provider, body)
      expect({ provider, statusCode, body: body.slice(0, 40) }).toMatchObject({
        statusCode: status,
      })
    }
    expect(
      fetched.filter((address) => !address.startsWith('https://sns.eu-west-1.amazonaws.com/')),
    ).toEqual([])
    expect(await failuresOf(caseId)).toEqual([])
  })

  it('is heard of after a topic was confirmed, at Amazon only', async () => {
    const SubscribeURL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t'
    const confirmation = { Type: 'SubscriptionConfirmation', SubscribeURL, Token: 't' }
    expect((await post('ses', sns({}, confirmation))).statusCode).toBe(204)
    expect(fetched).toContain(SubscribeURL)
    const elsewhere = { ...confirmation, SubscribeURL: 'https://evil.example/' }
    expect((await post('ses', sns({}, elsewhere))).statusCode).toBe(204)
    expect(fetched).not.toContain('https://evil.example/')
  })
})
