import { createHmac } from 'node:crypto'
import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import {
  addressDigest,
  issueAnswerToken,
  readAnswerToken,
  type AnswerClaims,
} from '../../platform/answer-token.js'
import { ANSWERING_ROLES, VERDICTS } from '../../domain/vocabulary.js'

const secret = 'the current secret, 32 bytes or more'
const oldSecret = 'the previous secret, 32 bytes or more'
const nowMs = Date.UTC(2026, 10, 23)

function buildClaims(changes: Partial<AnswerClaims> = {}): AnswerClaims {
  return {
    caseId: 'case~taobao~7391~hp~k3v9qm2xw7a4b',
    contactId: 'contact-41',
    role: 'brandMember',
    verdicts: ['counterfeit', 'genuine'],
    address: addressDigest('wei@brand.example'),
    expiresAtMs: nowMs + 60_000,
    jti: 'asked-1',
    ...changes,
  }
}

const anyText = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
const anyClaims = fc.record({
  caseId: anyText,
  contactId: anyText,
  role: fc.constantFrom(...ANSWERING_ROLES),
  expiresAtMs: fc.integer({ min: nowMs + 1, max: nowMs * 2 }),
  jti: anyText,
  address: anyText,
  verdicts: fc.subarray([...VERDICTS]),
})

describe('answer tokens', () => {
  it('carry their claims, in characters that need no escaping in a URL', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const token = issueAnswerToken(claims, secret)
        expect(encodeURIComponent(token)).toBe(token)
        expect(readAnswerToken(token, [secret], nowMs)).toEqual({ ok: true, claims })
      }),
    )
  })

  it('to all cases of a mail are another kind, which answers no case by itself', () => {
    const { caseId: _, ...claims } = buildClaims()
    const token = issueAnswerToken({ ...claims, mailId: 'k3v9qm2xw7a4b' }, secret)
    const reading = readAnswerToken(token, [secret], nowMs)
    expect(reading).toEqual({ ok: true, claims: { ...claims, mailId: 'k3v9qm2xw7a4b' } })
    const asCase = readAnswerToken(token.replace(/^l3/, 'a3'), [secret], nowMs)
    expect(asCase).toEqual({ ok: false, reason: 'forged' })
  })

  it('are the same for the same claims, so a mail sent again carries the same link', () => {
    expect(issueAnswerToken(buildClaims(), secret)).toBe(issueAnswerToken(buildClaims(), secret))
  })

  it('differ when any claim differs', () => {
    const changes: Partial<AnswerClaims>[] = [
      {},
      { caseId: 'case~taobao~7392~hp~k3v9qm2xw7a4b' },
      { contactId: 'contact-42' },
      { role: 'lead' },
      { expiresAtMs: nowMs + 60_001 },
      { jti: 'asked-2' },
      { address: addressDigest('another@brand.example') },
      { verdicts: ['genuine'] },
      { mailId: 'k3v9qm2xw7a4b' },
    ]
    const tokens = changes.map((change) => issueAnswerToken(buildClaims(change), secret))
    expect(new Set(tokens).size).toBe(changes.length)
  })

  it('are refused after any change of one character', () => {
    const token = issueAnswerToken(buildClaims(), secret)
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=+/ '),
        (position, replacement) => {
          fc.pre(token[position] !== replacement)
          const tampered = token.slice(0, position) + replacement + token.slice(position + 1)
          const reading = readAnswerToken(tampered, [secret], nowMs)
          expect(reading.ok ? 'accepted' : reading.reason).toMatch(/^(forged|malformed)$/)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('cannot take the signature of another token', () => {
    const [version, payload] = issueAnswerToken(buildClaims({ role: 'lead' }), secret).split('.')
    const signature = issueAnswerToken(buildClaims(), secret).split('.')[2]
    const spliced = `${version}.${payload}.${signature}`
    expect(readAnswerToken(spliced, [secret], nowMs)).toEqual({ ok: false, reason: 'forged' })
  })

  it('expire at the millisecond, and a forged one does not say so', () => {
    const claims = buildClaims({ expiresAtMs: nowMs })
    const token = issueAnswerToken(claims, secret)
    expect(readAnswerToken(token, [secret], nowMs - 1)).toEqual({ ok: true, claims })
    expect(readAnswerToken(token, [secret], nowMs)).toEqual({ ok: false, reason: 'expired' })
    expect(readAnswerToken(token, [oldSecret], nowMs)).toEqual({ ok: false, reason: 'forged' })
  })

  it('stay readable while a secret is rotated out, and not after', () => {
    const token = issueAnswerToken(buildClaims(), oldSecret)
    expect(readAnswerToken(token, [secret, oldSecret], nowMs).ok).toBe(true)
    expect(readAnswerToken(token, [secret], nowMs)).toEqual({ ok: false, reason: 'forged' })
    expect(readAnswerToken(token, [], nowMs)).toEqual({ ok: false, reason: 'forged' })
  })

  it.each([
    '',
    'a2..',
    'a2.e30',
    'a3.e30',
    'not a token',
    `a2.${'x'.repeat(2000)}.${'x'.repeat(43)}`,
  ])('of another form are malformed (%#)', (text) => {
    expect(readAnswerToken(text, [secret], nowMs)).toEqual({ ok: false, reason: 'malformed' })
  })

  it('signed by us with claims of another shape are malformed, not accepted', () => {
    const signed = `a3.${Buffer.from('["only a case"]').toString('base64url')}`
    const mac = createHmac('sha256', secret).update(`answer-token:${signed}`).digest('base64url')
    expect(readAnswerToken(`${signed}.${mac}`, [secret], nowMs)).toEqual({
      ok: false,
      reason: 'malformed',
    })
  })

  it.each(['a1', 'a2'])('of the earlier kind %s are outdated, once found genuine', (kind) => {
    const fields = ['case~a', 'contact-41', 'brandMember', nowMs + 60_000, 'asked-1']
    const signed = `${kind}.${Buffer.from(JSON.stringify(fields)).toString('base64url')}`
    const mac = createHmac('sha256', secret).update(`answer-token:${signed}`).digest('base64url')
    const read = (text: string) => readAnswerToken(text, [secret], nowMs)
    expect(read(`${signed}.${mac}`)).toEqual({ ok: false, reason: 'outdated' })
    expect(read(`${signed}.${mac.split('').reverse().join('')}`).ok).toBe(false)
  })

  it('are not issued with claims or secrets that would not hold', () => {
    expect(() => issueAnswerToken(buildClaims({ jti: '' }), secret)).toThrow('jti')
    expect(() => issueAnswerToken(buildClaims({ expiresAtMs: NaN }), secret)).toThrow('expiresAtMs')
    expect(() => issueAnswerToken(buildClaims({ caseId: 'x'.repeat(900) }), secret)).toThrow('1024')
    expect(() => issueAnswerToken(buildClaims(), 'short')).toThrow('at least 32 bytes')
  })
})
