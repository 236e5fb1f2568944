import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { MESSAGE_NAMES, type MessageName } from '../../../domain/vocabulary.js'
import { acceptedHappenings } from '../../../domain/case/handling.js'
import type { NamedMessage } from '../../../domain/case/messages.js'
import { refusalOf } from '../../../domain/case/refusing.js'
import { readNotices } from '../../../domain/form/input-forms.js'
import { ignoredHappenings, misfitOf } from '../../../domain/case/signals.js'
import { as, askedCase, CASE_ID, confirmation, itemSighting } from './case-driver.js'

const lead = as('lead')
const addressed = { caseId: CASE_ID, caller: lead }
const fitting: Record<MessageName, object> = {
  decide: confirmation(),
  undecide: { ...addressed, decisionId: 'd-1', reason: 'the wrong row' },
  extendDeadline: { until: '2026-03-11T12:00:00Z' },
  reassign: { role: 'lead', to: 'eva', reason: 'on holiday' },
  returnToBrand: { ...addressed, message: 'look again' },
  retryTakedown: { acceptChanged: true },
  closeManually: { ...addressed, reason: 'settled' },
  withdraw: { ...addressed, reason: 'a bad rule' },
  addNote: { ...addressed, text: 'seen', audience: 'internal' },
}

const refusalCode = (name: MessageName, message: unknown) =>
  refusalOf(askedCase().state, { name, message } as NamedMessage, Date.UTC(2026, 2, 2, 9))?.code

describe('a message that does not fit its form', () => {
  it.each(MESSAGE_NAMES.map((name) => [name]))('%s fits as it is', (name) => {
    expect(refusalCode(name, fitting[name])).not.toBe('InvalidMessage')
  })

  const unfit: [MessageName, object][] = [
    ['retryTakedown', { acceptChanged: 'false' }],
    ['retryTakedown', { acceptchanged: true }],
    ['reassign', { role: 'operator', to: 'eva' }],
    ['reassign', { role: 'lead', to: 'e'.repeat(5_000) }],
    ['reassign', { role: 'lead', to: 'eva', reason: 'x'.repeat(1_001) }],
    ['extendDeadline', { until: '2026-03-20' }],
    ['extendDeadline', { until: '2026-02-30T12:00:00Z' }],
    ['extendDeadline', { until: 1_800_000_000_000 }],
    ['decide', { ...confirmation(), verdict: 'guilty' }],
    ['decide', { ...confirmation(), decisionId: 'not an id' }],
    ['decide', { ...confirmation(), confidence: 101 }],
    ['decide', { ...confirmation(), caller: { ...lead, brandIds: 'all' } }],
    ['decide', { ...confirmation(), caller: null }],
    ['addNote', { ...addressed, text: 'a\0b', audience: 'internal' }],
    ['addNote', { ...addressed, text: 'seen', audience: 'everybody' }],
    ['withdraw', { ...addressed, reason: 'bad', rule: { ruleId: 'r' } }],
  ]
  it.each(unfit)('%s is refused: %j', (name, message) => {
    expect(refusalCode(name, message)).toBe('InvalidMessage')
  })

  it('is refused whatever it is, and nothing throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGE_NAMES), fc.jsonValue(), (name, message) => {
        // Only what the Temporal UI may send can be as short as anything random is.
        const isShort = name === 'retryTakedown' && JSON.stringify(message) === '{}'
        fc.pre(!isShort)
        expect(refusalCode(name, message)).toMatch(/^(InvalidMessage|Foreign)$/)
      }),
    )
  })

  it('is refused as soon as one field of it is something else', () => {
    const changed = fc
      .constantFrom(...MESSAGE_NAMES)
      .chain((name) =>
        fc.tuple(
          fc.constant(name),
          fc.constantFrom(...Object.keys(fitting[name])),
          fc.constantFrom(null, 7.5, [], { x: 1 }, '', 'a\0'),
        ),
      )
    fc.assert(
      fc.property(changed, ([name, field, value]) => {
        expect(refusalCode(name, { ...fitting[name], [field]: value })).toBe('InvalidMessage')
      }),
    )
  })

  it('still counts where an earlier version accepted it', () => {
    const { state, now } = askedCase()
    const message = { role: 'lead', to: 'eva', since: 'Monday' }
    const named = { name: 'reassign', message } as unknown as NamedMessage
    expect(acceptedHappenings(state, named, now)).toMatchObject([{ type: 'reassigned' }])
  })
})

describe('a signal that does not fit', () => {
  const { state } = askedCase()
  const sighting = itemSighting()

  it.each([
    [
      'of no severity there is',
      { sighting: { ...sighting, suspectedSeverity: 'S0' }, caller: lead },
    ],
    ['without a caller', { sighting }],
    ['of another listing', { sighting: { ...sighting, brandId: 'other' }, caller: lead }],
    ['of nothing', undefined],
  ])('a sighting %s is not taken', (_, given) => {
    expect(misfitOf(state, 'sightingAdded', given)).toEqual(expect.any(String))
  })

  it('is not taken, whatever it is', () => {
    const names = fc.constantFrom('decideAsync', 'sightingAdded', 'noticeFailed' as const)
    fc.assert(
      fc.property(names, fc.jsonValue(), (name, given) => {
        expect(misfitOf(state, name, given)).toEqual(expect.any(String))
      }),
    )
  })

  it('is put on record, but not without end', () => {
    const driven = askedCase()
    for (let n = 0; n < 30; n++) {
      driven.apply(ignoredHappenings(driven.state, 'sightingAdded', 'x'.repeat(5_000)))
    }
    const ignored = driven.events.filter(({ type }) => type === 'signalIgnored')
    expect(ignored).toHaveLength(10)
    expect(JSON.stringify(ignored[0]).length).toBeLessThan(600)
  })

  it('that fits is taken', () => {
    expect(misfitOf(state, 'sightingAdded', { sighting, caller: lead })).toBeNull()
    expect(misfitOf(state, 'decideAsync', confirmation())).toBeNull()
  })
})

describe('what a digest is sent', () => {
  it('is only its notices; the rest is named', () => {
    const [notice] = askedCase().notices
    expect(readNotices([notice, {}, null])).toEqual({
      notices: [notice],
      problem: expect.stringContaining('noticeId'),
    })
    expect(readNotices([notice])).toEqual({ notices: [notice], problem: null })
    expect(readNotices({})).toEqual({ notices: [], problem: 'notices must be a list' })
  })
})
