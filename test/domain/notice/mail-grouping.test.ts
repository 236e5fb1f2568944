import { describe, expect, it } from '@jest/globals'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import { caseIdOf, SLUG_MAX, workflowIdOf } from '../../../domain/case/identity.js'
import {
  carried,
  MAX_NOTICES_PER_DAY,
  MAX_NOTICES_PER_MAIL,
  MAX_NOTICES_WAITING,
  nextMail,
  type QueuedNotice,
  type SentMails,
  uncarried,
  withMail,
} from '../../../domain/notice/mail-grouping.js'
import { jsonBytes } from '../../../domain/form/size.js'
import { NOTICE_KINDS, type NoticeKind } from '../../../domain/vocabulary.js'
import { MONDAY_MS } from '../../builders/case.js'

const sentAt = (lastAt: number, noticesInDay = 1) => ({
  lastAt,
  dayStartedAt: lastAt,
  noticesInDay,
})
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
    const first = {
      ...{ kind: 'asked', at: MONDAY_MS + MINUTE_MS, notices: asked, isSummary: false },
    }
    expect(nextMail(waiting, {}, TIMING)).toEqual(first)
    expect(nextMail(waiting, { reminder: sentAt(MONDAY_MS) }, TIMING)).toEqual(first)
    const later = nextMail(waiting, { asked: sentAt(MONDAY_MS) }, TIMING)
    expect(later?.at).toBe(MONDAY_MS + 15 * MINUTE_MS)
  })

  it('goes at once with an urgent notice, and takes those of its kind along', () => {
    const urgent = waitingOf('asked', 1, { urgent: true, queuedAt: MONDAY_MS + 9 })
    const asked = [...waitingOf('asked', 2), ...urgent]
    const waiting = new Map([
      ['decided', waitingOf('decided', 1)],
      ['asked', asked],
    ] as const)
    const mail = nextMail(waiting, { asked: sentAt(MONDAY_MS - HOUR_MS) }, TIMING)
    expect(mail).toMatchObject({ kind: 'asked', at: MONDAY_MS + 9 })
    expect(mail?.notices).toEqual([...urgent, ...asked.slice(0, 2)])
  })

  it('with something urgent keeps a minute from the one before', () => {
    const urgent = new Map([['asked', waitingOf('asked', 3, { urgent: true })]] as const)
    const sent = { asked: sentAt(MONDAY_MS - 5_000) }
    expect(nextMail(urgent, sent, TIMING)?.at).toBe(MONDAY_MS - 5_000 + MINUTE_MS)
    const eager = { gatherMs: 100, intervalMs: 1_000 }
    expect(nextMail(urgent, sent, eager)?.at).toBe(MONDAY_MS)
  })

  it('lists urgent notices, however many came before them', () => {
    const late = waitingOf('asked', 2, { urgent: true, queuedAt: MONDAY_MS + HOUR_MS })
    const asked = [...waitingOf('asked', MAX_NOTICES_WAITING - 2), ...late]
    const mail = nextMail(new Map([['asked', asked]]), {}, TIMING)
    expect(mail?.notices.slice(0, 2)).toEqual(late)
  })

  it('goes at once when it is full, and leaves what does not fit to the next', () => {
    const asked = waitingOf('asked', MAX_NOTICES_PER_MAIL + 1)
    const mail = nextMail(new Map([['asked', asked]]), { asked: sentAt(MONDAY_MS) }, TIMING)
    expect(mail).toMatchObject({ kind: 'asked', at: MONDAY_MS, notices: asked.slice(0, -1) })
    const notYet = nextMail(
      new Map([['asked', asked.slice(2)]]),
      { asked: sentAt(MONDAY_MS) },
      TIMING,
    )
    expect(notYet?.at).toBe(MONDAY_MS + 15 * MINUTE_MS)
  })

  it('is none when nothing waits', () => {
    expect(nextMail(new Map(), {}, TIMING)).toBeNull()
    expect(nextMail(new Map([['asked', []]]), { asked: sentAt(MONDAY_MS) }, TIMING)).toBeNull()
  })
})

describe('a flood', () => {
  const dayEnd = MONDAY_MS + DAY_MS
  const flooded = { asked: sentAt(MONDAY_MS, MAX_NOTICES_PER_DAY) }

  it('is one summary at the end of its 24 hours, also when a mail is full', () => {
    const asked = waitingOf('asked', MAX_NOTICES_WAITING)
    const mail = nextMail(new Map([['asked', asked]]), flooded, TIMING)
    expect(mail).toMatchObject({ at: dayEnd, isSummary: true })
    expect(mail?.notices).toHaveLength(MAX_NOTICES_PER_MAIL)
    const late = waitingOf('asked', 1, { queuedAt: dayEnd })
    const next = nextMail(new Map([['asked', late]]), flooded, TIMING)
    expect(next?.at).toBe(dayEnd + TIMING.gatherMs)
  })

  it('of what is urgent is a mail every quarter of an hour', () => {
    const urgent = waitingOf('asked', 9, { urgent: true })
    const mail = nextMail(new Map([['asked', urgent]]), flooded, TIMING)
    expect(mail).toMatchObject({ at: MONDAY_MS + TIMING.intervalMs, isSummary: true })
  })

  it('is over with the first mail of the next 24 hours, and concerns its own kind', () => {
    const after = withMail(flooded.asked, dayEnd, 250)
    expect(after).toEqual({ lastAt: dayEnd, dayStartedAt: dayEnd, noticesInDay: 250 })
    expect(withMail(after, dayEnd + 1, 10)).toMatchObject({ noticesInDay: 260 })
    const reminder = new Map([['reminder', waitingOf('reminder', 1)]] as const)
    expect(nextMail(reminder, flooded, TIMING)).toMatchObject({ isSummary: false })
  })

  it('of a whole day is a handful of mails that count every notice', () => {
    const sent: { asked?: SentMails } = {}
    let [mails, counted, waiting] = [0, 0, [] as QueuedNotice[]]
    let unlisted = 0
    const add = (at: number) => {
      const notice = waitingOf('asked', 1, { queuedAt: at })
      if (waiting.length < MAX_NOTICES_WAITING) waiting.push(...notice)
      else unlisted++
    }
    const mailDue = (until: number) => {
      for (;;) {
        const mail = nextMail(new Map([['asked', waiting]]), sent, TIMING)
        if (!mail || mail.at > until) return
        const rest = waiting.slice(mail.notices.length)
        const all = mail.isSummary || rest.length === 0
        const size = mail.notices.length + (all ? rest.length + unlisted : 0)
        ;[mails, counted, waiting] = [mails + 1, counted + size, all ? [] : rest]
        if (all) unlisted = 0
        sent.asked = withMail(sent.asked, Math.max(mail.at, until), size)
      }
    }
    for (let n = 0; n < 20_000; n++) {
      const at = MONDAY_MS + (n * DAY_MS) / 20_000
      add(at)
      mailDue(at)
    }
    mailDue(dayEnd + DAY_MS)
    expect(counted).toBe(20_000)
    expect(mails).toBeLessThan(12)
  })
})

describe('the most that a digest holds', () => {
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
    expect(uncarried(carried(longest))).toEqual(longest)
    const ofAKind = MAX_NOTICES_WAITING + MAX_NOTICES_PER_MAIL
    const held = Array.from({ length: ofAKind * NOTICE_KINDS.length }, () => carried(longest))
    const told = Array.from({ length: 500 }, () => noticeId)
    expect(jsonBytes([held, told])).toBeLessThan(2_000_000)
  })
})
