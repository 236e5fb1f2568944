import { describe, expect, it } from '@jest/globals'
import {
  assumedSeverityHappenings,
  withKnownSeverity,
} from '../../../domain/case/assumed-severity.js'
import { happening } from '../../../domain/case/events.js'
import { casePriority } from '../../../domain/case/priority.js'
import { ASSUMED_SEVERITY, SEVERITIES, type Severity } from '../../../domain/vocabulary.js'
import { acceptedSightingForm, sightingForm } from '../../../domain/listing/sighting-forms.js'
import { as, CASE_ID, CaseDriver, confirmation, askedCase, itemSighting } from './case-driver.js'
import { buildParties, buildPolicySnapshot } from '../../builders/case.js'

// What a version that compared nothing took for a severity.
const NONE = ['S0', 's1', 'critical', 'constructor'] as unknown as Severity[]

const stuckOn = (severity: Severity) => {
  const driven = askedCase()
  driven.apply([happening('severityRaised', { from: 'S2', to: severity })])
  return driven
}

describe.each(NONE)('a case on severity %j', (severity) => {
  it('goes on with one that there is, and its record says so', () => {
    const driven = stuckOn(severity)
    driven.apply(assumedSeverityHappenings(driven.state))
    expect(driven.state).toMatchObject({ severity: ASSUMED_SEVERITY, notes: 1 })
    expect(driven.events.slice(-2)).toMatchObject([
      { type: 'severityRaised', data: { from: severity, to: ASSUMED_SEVERITY } },
      { type: 'noteAdded', data: { text: expect.stringContaining(JSON.stringify(severity)) } },
    ])
    expect(assumedSeverityHappenings(driven.state)).toEqual([])
    const until = new Date((driven.state.wait?.dueAt ?? 0) + 3_600_000).toISOString()
    expect(driven.send('extendDeadline', { until })).toBeNull()
    for (let n = 0; n < 3 || driven.state.phase === 'awaitingBrand'; n++) driven.runToDeadline()
    const message = { caseId: CASE_ID, caller: as('lead'), message: 'again' }
    expect(driven.send('returnToBrand', message)).toBeNull()
    expect(driven.send('decide', confirmation())).toBeNull()
    expect(driven.state.phase).toBe('takingDown')
  })

  it('is judged without a change of its state, and has its turn in the queue', () => {
    const { state } = stuckOn(severity)
    expect(withKnownSeverity(state)).toEqual({ ...state, severity: ASSUMED_SEVERITY })
    expect(casePriority(state)).toEqual(casePriority(withKnownSeverity(state)))
  })

  it('that was never opened opens with one that there is', () => {
    const given = itemSighting({ suspectedSeverity: severity })
    const [parties, policy] = [buildParties(), buildPolicySnapshot()]
    const facts = { kind: 'ask', parties, policy, previousCaseId: null } as const
    const { state, events } = new CaseDriver(facts, given)
    expect(events.map(({ type }) => type)).toEqual(['opened', 'noteAdded', 'asked'])
    expect(state).toMatchObject({ severity: ASSUMED_SEVERITY, sightings: [{ severity: 'S2' }] })
  })

  it('is no longer taken, but goes on where it was', () => {
    const given = itemSighting({ suspectedSeverity: severity })
    expect(sightingForm(given, 'sighting')).not.toBeNull()
    expect(acceptedSightingForm(given, 'sighting')).toBeNull()
  })
})

describe.each(SEVERITIES)('a case of severity %s', (severity) => {
  it('stays as it is', () => {
    const { state } = stuckOn(severity)
    expect(assumedSeverityHappenings(state)).toEqual([])
    expect(withKnownSeverity(state)).toBe(state)
  })
})
