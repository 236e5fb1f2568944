import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  carriedHappenings,
  type CarriedMessage,
  type CarriedUpdate,
  carriedWithin,
  leftOutHappenings,
  notOnRecord,
} from '../../../domain/case/carrying.js'
import type { CaseEvent, Happening } from '../../../domain/case/events.js'
import type { CaseMessages } from '../../../domain/case/messages.js'
import type { CaseSignals } from '../../../domain/case/signals.js'
import type { MessageName } from '../../../domain/vocabulary.js'
import type { CaseState } from '../../../domain/case/state.js'
import { record } from '../../../domain/case/kind.js'
import { messageHappenings } from '../../../domain/case/handling.js'
import { listingGoneHappenings } from '../../../domain/case/listing-gone.js'
import { refusalOf } from '../../../domain/case/refusing.js'
import { sightingHappenings } from '../../../domain/listing/sightings.js'
import { noticeFailedHappenings } from '../../../domain/notice/unreachable.js'
import { buildPolicySnapshot, MONDAY_MS, MONITOR } from '../../builders/case.js'
import { as, askedCase, CASE_ID, confirmation, itemSighting } from './case-driver.js'

const HOUR_MS = 3_600_000
const staff = { caseId: CASE_ID, caller: as('accountManager') }
const lead = as('lead')
const AT = MONDAY_MS + HOUR_MS

function carried<N extends keyof (CaseMessages & CaseSignals)>(
  name: N,
  message: (CaseMessages & CaseSignals)[N],
  at = AT,
): CarriedMessage {
  return {
    name,
    message,
    at,
    requestId: `${name}:${JSON.stringify(message).length}#x`,
  } as CarriedMessage
}
const note = (text: string, at = AT) =>
  carried('addNote', { ...staff, text, audience: 'internal' }, at)
const sighting = (n: number, at = AT) =>
  carried(
    'sightingAdded',
    { sighting: itemSighting({ sightingId: `again-${n}` }), caller: as('monitor') },
    at,
  )

/** What the workflow makes of one, with the rules of each kind. */
function happeningsOf(state: CaseState, given: CarriedMessage): Happening[] {
  switch (given.name) {
    case 'sightingAdded':
      return sightingHappenings(state, given.message.sighting, given.at, MONITOR)
    case 'noticeFailed':
      return noticeFailedHappenings(state, given.message, given.at)
    case 'listingGone':
      return listingGoneHappenings(state, given.message)
    case 'decideAsync':
      return carriedHappenings(state, { ...given, name: 'decide' }, given.at)
    default:
      return carriedHappenings(state, given, given.at)
  }
}

interface Standing {
  state: CaseState
  events: CaseEvent[]
}
function told(from: Standing, messages: readonly CarriedMessage[]): Standing {
  return messages.reduce(({ state, events }, message) => {
    const next = record(state, happeningsOf(state, message), message.at)
    return { state: next.state, events: [...events, ...next.events] }
  }, from)
}
const opened = ({ state, events }: Standing = askedCase()): Standing => ({ state, events })

/** A case each kind of message has an effect on, and the message. */
const EACH: { [N in keyof (CaseMessages & CaseSignals)]: [from: Standing, CarriedMessage] } = {
  decide: [opened(), carried('decide', confirmation())],
  decideAsync: [opened(), carried('decideAsync', confirmation())],
  undecide: [
    coolingOff(),
    carried('undecide', { ...staff, caller: as('brandMember'), decisionId: 'd-1', reason: 'no' }),
  ],
  extendDeadline: [
    opened(),
    carried('extendDeadline', {
      ...staff,
      until: new Date(MONDAY_MS + 12 * 86_400_000).toISOString(),
    }),
  ],
  reassign: [opened(), carried('reassign', { role: 'lead', to: 'bo' })],
  returnToBrand: [
    told(opened(), [
      carried('decide', confirmation({ decisionId: 'd-0', verdict: 'unsure' }), AT - 1),
    ]),
    carried('returnToBrand', { ...staff, message: 'look again' }),
  ],
  retryTakedown: [refused(), carried('retryTakedown', staff)],
  closeManually: [opened(), carried('closeManually', { ...staff, reason: 'settled' })],
  withdraw: [
    opened(),
    carried('withdraw', { caseId: CASE_ID, caller: as('operator'), reason: 'a mistake' }),
  ],
  addNote: [opened(), note('seen before')],
  sightingAdded: [opened(), sighting(1)],
  noticeFailed: [
    opened(),
    carried('noticeFailed', {
      ...{ caseId: CASE_ID, contactId: 'mei-lin', kind: 'asked', detail: '550' },
    }),
  ],
  listingGone: [
    opened(),
    carried('listingGone', { caseId: CASE_ID, byCaseId: `${CASE_ID.slice(0, -10)}aaaaaaaaaa` }),
  ],
}

function coolingOff(): Standing {
  return told(opened(), [carried('decide', confirmation({ bulk: true }), AT - 1)])
}

function refused(): Standing {
  const driven = askedCase()
  driven.send('decide', confirmation())
  driven.marketplaceSays({ kind: 'refused', reason: 'no', detail: 'no' } as never)
  return opened(driven)
}

describe('a message that an ended run was told', () => {
  it.each(Object.entries(EACH))(
    '%s is carried until its effect is on record',
    (_, [from, message]) => {
      const received = { carried: [], own: [message] }
      expect(notOnRecord(received, from.events)).toEqual([message])
      const after = told(from, [message])
      expect(after.events.length).toBeGreaterThan(from.events.length)
      expect(notOnRecord(received, after.events)).toEqual([])
      // Also where the next run did not live to save it either.
      const passedOn = { carried: [message], own: [] }
      expect(notOnRecord(passedOn, from.events)).toEqual([message])
      const again = told(after, notOnRecord(passedOn, after.events))
      expect(again.state.phase).toBe(after.state.phase)
    },
  )

  it('is not taken for recorded because something recorded earlier came once more', () => {
    const known = note('first', AT)
    const { events } = told(opened(), [known])
    const unsaved = carried('closeManually', { ...staff, reason: 'settled' }, AT + 1)
    const own = [known, unsaved, { ...known, at: AT + 2 }]
    expect(notOnRecord({ carried: [], own }, events)).toEqual(own.slice(1))
  })

  it('counts by its time where the record knows no ids of requests', () => {
    const policy = buildPolicySnapshot({ rulesVersion: 2 })
    const noted = told(opened(askedCase({ policy })), [note('first', AT)])
    const events = noted.events.map(({ request: _none, ...event }) => event as CaseEvent)
    const own = [note('first', AT), note('second', AT + 1)]
    expect(notOnRecord({ carried: [], own }, events)).toEqual(own.slice(1))
  })

  it('that may not be applied any more becomes a note that says so', () => {
    const ended = told(opened(), [carried('closeManually', { ...staff, reason: 'settled' })])
    const late = carried('reassign', { ...staff, caller: lead, role: 'lead', to: 'bo' }, AT + 1)
    expect(happeningsOf(ended.state, late)).toMatchObject([
      {
        type: 'noteAdded',
        by: { role: 'system' },
        data: {
          audience: 'internal',
          text:
            `reassign by lead lead-1, acknowledged at ${new Date(AT + 1).toISOString()} before the ` +
            'workflow ended, no longer applies: the case is closed: closedManually',
        },
      },
    ])
    const [said] = happeningsOf(ended.state, note('they called twice', AT + 1))
    expect(said).toMatchObject({
      data: { text: expect.stringMatching(/it said: they called twice$/) },
    })
    const answer = carried('decide', confirmation(), AT + 1)
    expect(happeningsOf(ended.state, answer)).toMatchObject([
      { type: 'decisionRefused', data: { decisionId: 'd-1', code: 'CaseClosed' } },
    ])
  })

  it('and does not fit its form becomes a note as well', () => {
    const odd = carried('retryTakedown', { acceptChanged: 'yes' } as never)
    const [noted] = happeningsOf(opened().state, odd)
    expect(noted).toMatchObject({
      type: 'noteAdded',
      data: { text: expect.stringContaining('acceptChanged') },
    })
    const unread = carried('addNote', { ...staff, text: 5 } as never)
    expect(happeningsOf(opened().state, unread)).toMatchObject([{ type: 'noteAdded' }])
  })
})

describe('what fits into the input of the next run', () => {
  it('is everything, as a rule', () => {
    const messages = [sighting(1), note('one'), sighting(2)]
    expect(carriedWithin(messages)).toEqual({ messages })
  })

  it('is what people said before what monitors saw, and the rest is named on record', () => {
    const size = Math.max(...[note('one'), note('two')].map((m) => JSON.stringify(m).length))
    const messages = [sighting(1), note('one'), sighting(2), note('two')]
    const kept = carriedWithin(messages, 2 * size)
    expect(kept.messages).toEqual([messages[1], messages[3]])
    expect(leftOutHappenings(kept)).toMatchObject([
      {
        type: 'noteAdded',
        data: {
          audience: 'internal',
          text: expect.stringMatching(/sighting again-1.*sighting again-2/),
        },
      },
    ])
    expect(leftOutHappenings(carriedWithin(messages))).toEqual([])
    expect(carriedWithin(messages, size).messages).toEqual([messages[1]])
  })

  it('names a bounded number of what is left', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => sighting(n))
    const { messages, leftOut = '' } = carriedWithin(many)
    expect(JSON.stringify(messages).length).toBeLessThan(1_100_000)
    expect(leftOut).toMatch(/, and \d+ more$/)
    expect(leftOut.length).toBeLessThan(6_000)
  })
})

const UPDATES: readonly MessageName[] = [
  'addNote',
  'reassign',
  'extendDeadline',
  'decide',
  'undecide',
]
const anyUpdate = fc
  .record({
    name: fc.constantFrom(...UPDATES, 'returnToBrand' as const, 'closeManually' as const),
    n: fc.nat(4),
    isLater: fc.boolean(),
  })
  .map(({ name, n, isLater }) => ({ n, isLater, name }))

function build(name: MessageName, n: number, at: number): CarriedUpdate {
  const brand = { caseId: CASE_ID, caller: as('brandMember') }
  const messages: Partial<Record<MessageName, object>> = {
    addNote: { ...staff, text: `note ${n}`, audience: 'internal' },
    reassign: { ...staff, role: n % 2 ? 'lead' : 'accountManager', to: `person-${n}` },
    extendDeadline: { ...staff, until: new Date(MONDAY_MS + (9 + n) * 86_400_000).toISOString() },
    decide: confirmation({
      decisionId: `d-${n}`,
      bulk: true,
      ...(n < 3 ? { verdict: 'unsure' } : {}),
    }),
    undecide: { ...brand, decisionId: `d-${n}`, reason: 'no' },
    returnToBrand: { ...staff, message: `again ${n}` },
    closeManually: { ...staff, reason: `reason ${n}` },
  }
  return { name, message: messages[name], at, requestId: `${name}:${at}:${n}#x` } as CarriedUpdate
}

describe('a run that ends between what it acknowledged and what it saved', () => {
  it('leads to the record it would have written, wherever it ends, and if the next ends too', () => {
    fc.assert(
      fc.property(
        fc.array(anyUpdate, { minLength: 1, maxLength: 25 }),
        fc.nat(25),
        fc.nat(25),
        (given, first, second) => {
          const from = opened()
          const messages: CarriedUpdate[] = []
          const marks: number[] = [from.events.length]
          let whole = from
          let at = AT
          for (const { name, n, isLater } of given) {
            if (isLater) at += 1_000
            const update = build(name, n, at)
            // Of one id Temporal gives a run one update.
            if (messages.some(({ requestId }) => requestId === update.requestId)) continue
            // The validator of a living case; only what passes it is acknowledged.
            if (refusalOf(whole.state, update, at)) continue
            messages.push(update)
            const next = record(whole.state, messageHappenings(whole.state, update, at), at)
            whole = { state: next.state, events: [...whole.events, ...next.events] }
            marks.push(whole.events.length)
          }
          const cut = (mark: number) =>
            whole.events.slice(0, marks[Math.min(mark, marks.length - 1)])
          const goOn = (saved: CaseEvent[], rest: readonly CarriedMessage[]) =>
            told(restored(from, saved), rest)

          const once = notOnRecord({ carried: [], own: messages }, cut(first))
          expect(goOn(cut(first), once).events).toEqual(whole.events)
          const twice = notOnRecord({ carried: once, own: [] }, cut(Math.max(first, second)))
          expect(goOn(cut(Math.max(first, second)), twice).events).toEqual(whole.events)
        },
      ),
    )
  })
})

function restored(from: Standing, events: CaseEvent[]): Standing {
  const rest = events.slice(from.events.length)
  const { state } = rest.reduce((standing, { seq: _seq, at, ...what }) => {
    const next = record(standing.state, [what], at)
    return { state: next.state, events: [...standing.events, ...next.events] }
  }, from)
  return { state, events }
}
