import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { HOUR_MS } from '../../../domain/brand/calendar.js'
import {
  afterAttempt,
  IN_GOOD_STANDING,
  mayBeSent,
  RETRY_DELAYS_MS,
  standingAfter,
  type WebhookAnswer,
} from '../../../domain/webhook/retrying.js'

const NOW = Date.UTC(2026, 2, 2)
const refused: WebhookAnswer = { error: 'the connection was refused' }
const answered = (status: number, retryAfter: string | null = null): WebhookAnswer => ({
  status,
  retryAfter,
})
const tried = (attempts: number, firstAttemptAt = NOW) => ({ attempts, firstAttemptAt })

describe('a delivery that fails', () => {
  it('is tried ten times, over a bit more than three days', () => {
    let at = NOW
    let attempts = 1
    for (;;) {
      const standing = standingAfter(IN_GOOD_STANDING, refused, at)
      const after = afterAttempt(tried(attempts), refused, standing, at, 0)
      if (after.state !== 'waiting') break
      at = after.again
      attempts++
    }
    expect(attempts).toBe(10)
    expect((at - NOW) / HOUR_MS).toBeGreaterThan(75)
    expect((at - NOW) / HOUR_MS).toBeLessThan(76)
  })

  it('is spread, by a tenth at most', () => {
    const at = (random: number) => afterAttempt(tried(2), refused, IN_GOOD_STANDING, NOW, random)
    expect(at(0)).toEqual({ state: 'waiting', again: NOW + RETRY_DELAYS_MS[1] })
    expect(at(1)).toEqual({ state: 'waiting', again: NOW + RETRY_DELAYS_MS[1] * 1.1 })
  })

  it('waits as long as the receiver asks for, and never shorter than planned', () => {
    const after = (retryAfter: string) =>
      afterAttempt(tried(2), answered(503, retryAfter), IN_GOOD_STANDING, NOW, 0)
    expect(after('3600')).toEqual({ state: 'waiting', again: NOW + HOUR_MS })
    expect(after('1')).toEqual({ state: 'waiting', again: NOW + RETRY_DELAYS_MS[1] })
    expect(after(new Date(NOW + HOUR_MS).toUTCString())).toEqual({
      ...{ state: 'waiting', again: NOW + HOUR_MS },
    })
  })

  it('gives the endpoint up with it only where that has taken nothing since', () => {
    const last = tried(10)
    const away = { ...IN_GOOD_STANDING, failures: 10, failingSince: NOW }
    expect(afterAttempt(last, refused, away, NOW, 0)).toEqual({
      ...{ state: 'failed', disables: 'exhausted' },
    })
    const tookOthers = { ...away, failingSince: NOW + 1 }
    expect(afterAttempt(last, refused, tookOthers, NOW, 0)).toEqual({
      ...{ state: 'failed', disables: null },
    })
  })

  it('gives it up at once where that is gone', () => {
    const after = afterAttempt(tried(1), answered(410), IN_GOOD_STANDING, NOW, 0)
    expect(after).toEqual({ state: 'failed', disables: 'gone' })
  })

  it.each([200, 201, 204, 299])('is taken by a receiver that answers %d', (status) => {
    const after = afterAttempt(tried(1), answered(status), IN_GOOD_STANDING, NOW, 0)
    expect(after).toEqual({ state: 'delivered' })
  })

  it.each([301, 302, 307, 400, 404, 429, 500])('is tried again after %d', (status) => {
    const after = afterAttempt(tried(1), answered(status), IN_GOOD_STANDING, NOW, 0)
    expect(after.state).toBe('waiting')
  })
})

describe('an endpoint', () => {
  it('rests while it is throttled, as long as it asks for', () => {
    for (const status of [429, 502, 503, 504]) {
      const standing = standingAfter(IN_GOOD_STANDING, answered(status, '120'), NOW)
      expect(mayBeSent(standing, NOW + 119_999)).toBe(0)
      expect(mayBeSent(standing, NOW + 120_000)).toBeGreaterThan(1)
    }
    expect(mayBeSent(standingAfter(IN_GOOD_STANDING, answered(500), NOW), NOW)).toBeGreaterThan(1)
  })

  it('is probed by one at a time once it fails again and again, and gets many when it is back', () => {
    let standing = IN_GOOD_STANDING
    for (let failed = 0; failed < 3; failed++) standing = standingAfter(standing, refused, NOW)
    expect(mayBeSent(standing, NOW)).toBe(0)
    const rested = NOW + 60_000
    expect(mayBeSent(standing, rested)).toBe(1)
    expect(mayBeSent(standingAfter(standing, answered(204), rested), rested)).toBeGreaterThan(1)
  })

  it('is never left alone for longer than a day, whatever it answers', () => {
    const answer = fc.oneof(
      fc.constant(refused),
      fc.record({
        status: fc.integer({ min: 100, max: 599 }),
        retryAfter: fc.option(fc.oneof(fc.string(), fc.nat().map(String))),
      }),
    )
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 30 }), fc.nat(), (answers, stepMs) => {
        let standing = IN_GOOD_STANDING
        let now = NOW
        for (const each of answers) {
          standing = standingAfter(standing, each, now)
          const { failures, failingSince, restUntil } = standing
          expect(failures === 0).toBe(failingSince === null)
          expect((restUntil ?? now) - now).toBeLessThanOrEqual(24 * HOUR_MS)
          now += stepMs
        }
      }),
    )
  })
})
