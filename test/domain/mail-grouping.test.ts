import { describe, expect, it } from '@jest/globals'
import { HOUR_MS, MINUTE_MS } from '../../domain/calendar.js'
import { caseIdOf, SLUG_MAX, workflowIdOf } from '../../domain/identity.js'
import {
  MAX_NOTICES_PER_MAIL,
  MAX_NOTICES_WAITING,
  nextMail,
  type QueuedNotice,
} from '../../domain/mail-grouping.js'
import { NOTICE_KINDS, type NoticeKind } from '../../domain/vocabulary.js'
import { MONDAY_MS } from '../builders/case.js'

const TIMING = { gatherMs: MINUTE_MS, intervalMs: 15 * MINUTE_MS }

function waitingOf(kind: NoticeKind, count: number, overrides: Partial<QueuedNotice> = {}) {
  return Array.from({ length: count }, (_, n): QueuedNotice => {
    const caseId = `case~taobao~L${n}~northwind~abcdefgh`
    const told = { noticeId: `${caseId}:2:brand`, caseId, rev: 2, audience: 'brand' } as const
    return { ...told, kind, urgent: false, queuedAt: MONDAY_MS + n, ...overrides }
  })
}

describe('the next mail', () => {
  it('waits for others from its first notice on, and for the last of its kind to be old', () => {
    const asked = waitingOf('asked', 3)
    const waiting = new Map([['asked', asked]] as const)
    const first = { kind: 'asked', at: MONDAY_MS + MINUTE_MS, notices: asked }
    expect(nextMail(waiting, {}, TIMING)).toEqual(first)
    expect(nextMail(waiting, { reminder: MONDAY_MS }, TIMING)).toEqual(first)
    const later = nextMail(waiting, { asked: MONDAY_MS }, TIMING)
    expect(later?.at).toBe(MONDAY_MS + 15 * MINUTE_MS)
  })

  it('goes at once with an urgent notice, and takes those of its kind along', () => {
    const urgent = waitingOf('asked', 1, { urgent: true, queuedAt: MONDAY_MS + 9 })
    const asked = [...waitingOf('asked', 2), ...urgent]
    const waiting = new Map([
      ['decided', waitingOf('decided', 1)],
      ['asked', asked],
    ] as const)
    const mail = nextMail(waiting, { asked: MONDAY_MS }, TIMING)
    expect(mail).toEqual({ kind: 'asked', at: MONDAY_MS + 9, notices: asked })
  })

  it('goes at once when it is full, and leaves what does not fit to the next', () => {
    const asked = waitingOf('asked', MAX_NOTICES_PER_MAIL + 1)
    const mail = nextMail(new Map([['asked', asked]]), { asked: MONDAY_MS }, TIMING)
    expect(mail).toEqual({ kind: 'asked', at: MONDAY_MS, notices: asked.slice(0, -1) })
    const notYet = nextMail(new Map([['asked', asked.slice(2)]]), { asked: MONDAY_MS }, TIMING)
    expect(notYet?.at).toBe(MONDAY_MS + 15 * MINUTE_MS)
  })

  it('is none when nothing waits', () => {
    expect(nextMail(new Map(), {}, TIMING)).toBeNull()
    expect(nextMail(new Map([['asked', []]]), { asked: MONDAY_MS }, TIMING)).toBeNull()
  })
})

describe('the most that waits without a mail being due', () => {
  it('fits into what Temporal takes as an input, however long the ids are', () => {
    const brandId = 'b'.repeat(SLUG_MAX)
    const marketplace = 'm'.repeat(SLUG_MAX)
    const workflowId = workflowIdOf({ marketplace, listingKey: 'L'.repeat(96), brandId })
    const caseId = caseIdOf(workflowId, 'a'.repeat(40))
    const noticeId = `${caseId}:1000000:accountManager`
    const longest: QueuedNotice = {
      noticeId,
      caseId,
      rev: 1_000_000,
      kind: 'needsAttention',
      audience: 'accountManager',
      urgent: false,
      queuedAt: MONDAY_MS,
    }
    const pending = Array.from({ length: MAX_NOTICES_WAITING }, () => longest)
    expect(JSON.stringify(pending).length).toBeLessThan(1_600_000)

    const oneMore = new Map(NOTICE_KINDS.map((kind) => [kind, waitingOf(kind, 250)]))
    const lastSentAt = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, MONDAY_MS + HOUR_MS]))
    expect(nextMail(oneMore, lastSentAt, TIMING)?.at).toBe(MONDAY_MS)
  })
})
