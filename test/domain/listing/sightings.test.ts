import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { CaseState } from '../../../domain/case/state.js'
import { rebuild } from '../../../domain/case/kind.js'
import type { Sighting } from '../../../domain/listing/listing.js'
import { MAX_NOTE_BYTES } from '../../../domain/case/notes.js'
import {
  isKnownSighting,
  MAX_SIGHTINGS_LISTED,
  restsOnReporterAlone,
  restsOnRuleAlone,
  ruleIdsOfCase,
  sightingCount,
  withBoundedSightings,
} from '../../../domain/listing/sighting-list.js'
import { MAX_EVIDENCE_BYTES, sightingHappenings } from '../../../domain/listing/sightings.js'
import { jsonBytes } from '../../../domain/form/size.js'
import { SEVERITIES } from '../../../domain/vocabulary.js'
import { buildParties, buildPolicySnapshot, MONITOR } from '../../builders/case.js'
import { as, CASE_ID, CaseDriver, itemSighting } from '../case/case-driver.js'

const CONTROL = '\u0001'
/** Half of what Temporal takes; the other half is the event that is handed over with it. */
const STATE_LIMIT_BYTES = 1_000_000

function openedUnder(rulesVersion: number, first = itemSighting()): CaseDriver {
  const policy = buildPolicySnapshot({ rulesVersion })
  const facts = { kind: 'ask', parties: buildParties(), policy, previousCaseId: null } as const
  return new CaseDriver(facts, first)
}

function see(driven: CaseDriver, ...sightings: Sighting[]): CaseState {
  for (const sighting of sightings) {
    driven.apply(sightingHappenings(driven.state, sighting, driven.now, MONITOR))
  }
  return driven.state
}

const numbered = (count: number, over: Partial<Omit<Sighting, 'listing'>> = {}) =>
  Array.from({ length: count }, (_, n) => itemSighting({ sightingId: `again-${n}`, ...over }))

/** As large as the API lets one be, in characters that take the most room. */
const HUGE = hugeSighting()
function hugeSighting(): Sighting {
  const text = (length: number, end = '') => CONTROL.repeat(length - end.length) + end
  const built = itemSighting()
  return {
    ...built,
    monitor: { name: text(100), version: text(100) },
    signals: Array.from({ length: 50 }, (_, n) => ({
      ...{ ruleId: text(100, `${n}`), weight: 1, observed: text(1000) },
    })),
    whyUnverifiable: text(2000),
    listing: { ...built.listing, title: text(1000), category: text(300) },
  }
}

describe('further sightings of a case', () => {
  it('stand in the record with what was seen: price, title, seller and pictures', () => {
    const driven = openedUnder(3)
    const cheaper = itemSighting({ sightingId: 's-2', whyUnverifiable: 'it is cheaper now' })
    const price = { amount: 99, currency: 'CNY' }
    see(driven, { ...cheaper, listing: { ...cheaper.listing, price } })

    const { signals, whyUnverifiable, listing } = cheaper
    expect(driven.events.at(-1)?.data).toMatchObject({
      sighting: { sightingId: 's-2' },
      evidence: { signals, whyUnverifiable, listing: { ...listing, price } },
    })
  })

  it('are listed until there are many; then the first and the latest, and the rest in short', () => {
    const driven = openedUnder(3)
    const sightings = numbered(100, { score: 10 })
    see(driven, ...sightings.slice(0, MAX_SIGHTINGS_LISTED - 1))
    expect(driven.state.sightingSummary).toBeUndefined()
    const strongest = itemSighting({ sightingId: 'strongest', suspectedSeverity: 'S1', score: 99 })
    const state = see(driven, strongest, ...sightings.slice(MAX_SIGHTINGS_LISTED - 1))

    const ids = state.sightings.map(({ sightingId }) => sightingId)
    expect(ids).toHaveLength(MAX_SIGHTINGS_LISTED)
    expect([ids[0], ids[1], ids.at(-1)]).toEqual(['s-1', 'again-81', 'again-99'])
    expect(sightingCount(state)).toBe(102)
    expect(state.sightingSummary?.strongest).toMatchObject({ sightingId: 'strongest' })
    expect(rebuild(CASE_ID, driven.events)).toEqual(state)
  })

  it('are recognised when they come again, listed or not', () => {
    const driven = openedUnder(3)
    const sightings = numbered(100)
    const state = see(driven, ...sightings)
    expect(see(driven, ...sightings, itemSighting())).toBe(state)
    expect(isKnownSighting(state, 'another')).toBe(false)
  })

  it('count for a recall, listed or not', () => {
    const rule = { ruleId: 'bad-rule', monitorVersion: '1.0.0' }
    const signals = [{ ruleId: 'bad-rule', weight: 1, observed: '' }]
    const other = [{ ruleId: 'good-rule', weight: 1, observed: '' }]
    const alone = openedUnder(3, itemSighting({ signals }))
    expect(restsOnRuleAlone(see(alone, ...numbered(60, { signals })), rule)).toBe(true)
    see(alone, itemSighting({ sightingId: 'newer', signals, monitor: { name: 'm', version: '2' } }))
    expect(restsOnRuleAlone(alone.state, rule)).toBe(false)

    const joined = openedUnder(3, itemSighting({ signals }))
    see(joined, itemSighting({ sightingId: 'other', signals: other }), ...numbered(60, { signals }))
    expect(restsOnRuleAlone(joined.state, rule)).toBe(false)
    expect(ruleIdsOfCase(joined.state)).toEqual(['bad-rule', 'good-rule'])
  })

  it('say the same of a case in short as in full', () => {
    const anySighting = fc.record({
      suspectedSeverity: fc.constantFrom(...SEVERITIES),
      score: fc.nat(9),
      rules: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      version: fc.constantFrom('1', '2'),
      reporter: fc.constantFrom('key:a', 'key:b', undefined),
      id: fc.nat(50),
    })
    fc.assert(
      fc.property(fc.array(anySighting, { maxLength: 60 }), (drawn) => {
        const sightings = drawn.map(({ rules, version, id, reporter, ...rest }) =>
          itemSighting({
            ...rest,
            sightingId: `s-${id}`,
            monitor: { name: 'm', version },
            ...(reporter === undefined ? {} : { reporter }),
            signals: rules.map((ruleId) => ({ ruleId, weight: 1, observed: '' })),
          }),
        )
        const inFull = see(openedUnder(2), ...sightings)
        const inShort = see(openedUnder(3), ...sightings)
        const reporters = new Set(
          inFull.sightings.flatMap(({ reporter }) => (reporter === undefined ? [] : [reporter])),
        )
        expect(inFull.sightingSummary).toBeUndefined()
        for (const state of [inShort, withBoundedSightings(inFull)]) {
          expect(sightingCount(state)).toBe(inFull.sightings.length)
          expect(ruleIdsOfCase(state)).toEqual(ruleIdsOfCase(inFull))
          const taken = { ...state, policy: inShort.policy }
          for (const reporter of ['key:a', 'key:b']) {
            const isAlone = [...reporters].every((one) => one === reporter)
            expect(restsOnReporterAlone(taken, reporter)).toBe(isAlone)
          }
          for (const ruleId of ['a', 'b', 'c']) {
            const rule = { ruleId, monitorVersion: '1' }
            expect(restsOnRuleAlone(state, rule)).toBe(restsOnRuleAlone(inFull, rule))
          }
        }
      }),
    )
  })
})

describe('a case of the largest messages there are', () => {
  it('has a state that one payload holds, and keeps evidence up to a limit', () => {
    const driven = openedUnder(3, HUGE)
    for (let n = 0; n < 600; n++) see(driven, { ...HUGE, sightingId: `huge-${n}` })

    expect(sightingCount(driven.state)).toBe(601)
    expect(jsonBytes(driven.state)).toBeLessThan(STATE_LIMIT_BYTES)
    const further = driven.events.filter((event) => event.type === 'sightingAdded')
    const kept = further.map(({ data }) => jsonBytes(data.evidence ?? undefined))
    expect(kept.filter((sizeBytes) => sizeBytes > 0).length).toBeGreaterThan(1)
    expect(kept.reduce((sum, sizeBytes) => sum + sizeBytes, 0)).toBeLessThan(MAX_EVIDENCE_BYTES)
    expect(driven.events.at(-1)?.data).toMatchObject({ evidence: null })
  })

  it('that an older version left behind is one payload as well', () => {
    const driven = openedUnder(2, HUGE)
    for (let n = 0; n < 300; n++) see(driven, { ...HUGE, sightingId: `huge-${n}` })

    expect(jsonBytes(driven.state)).toBeGreaterThan(2_000_000)
    expect(jsonBytes(withBoundedSightings(driven.state))).toBeLessThan(STATE_LIMIT_BYTES)
  })

  it('takes notes until they are full, says so, and can still be decided', () => {
    const driven = openedUnder(3)
    const note = { caseId: CASE_ID, caller: as('lead'), text: '😀'.repeat(4_000) }
    const add = () => driven.send('addNote', { ...note, audience: 'internal' })
    let taken = 0
    while (add() === null) taken++

    expect(taken * 16_002).toBeGreaterThanOrEqual(MAX_NOTE_BYTES)
    expect(taken).toBeLessThan(40)
    expect(add()).toMatchObject({ code: 'NotAllowedNow' })
    expect(add()?.details.allowed).not.toContain('addNote')
    expect(add()?.details.allowed).toContain('decide')
  })
})
