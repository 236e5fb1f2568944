import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DEFAULT_BRAKE, type Hold, holdOf } from '../../../domain/brand/brake.js'
import { MINUTE_MS } from '../../../domain/brand/calendar.js'
import { DEFAULT_POLICY, RULES_VERSION } from '../../../domain/brand/policy.js'
import { CaseDriver, confirmation, itemSighting, snapshotOf } from '../case/case-driver.js'
import { buildParties } from '../../builders/case.js'

const HELD: Hold = { ms: 7 * MINUTE_MS, reason: 'held: 61 confirmations within an hour' }

function decided(coolingOffMs: { single: number; bulk: number }, bulk: boolean, version: number) {
  const policy = { ...snapshotOf({ ...DEFAULT_POLICY, coolingOffMs }), rulesVersion: version }
  const facts = { kind: 'ask', parties: buildParties(), policy, previousCaseId: null } as const
  const driven = new CaseDriver(facts, itemSighting())
  expect(driven.send('decide', confirmation({ bulk, held: HELD }))).toBeNull()
  const { phase, wait, decision } = driven.state
  return { phase, waitMs: wait ? wait.dueAt - wait.startedAt : 0, decision }
}

describe('the brake', () => {
  it('holds what goes beyond so many', () => {
    expect(holdOf(DEFAULT_BRAKE, 60)).toBeNull()
    expect(holdOf({ ...DEFAULT_BRAKE, holdMs: HELD.ms }, 61)).toEqual(HELD)
  })

  it('makes a confirmation wait, and longer where the policy says so', () => {
    const ms = fc.integer({ min: 0, max: 20 * MINUTE_MS })
    fc.assert(
      fc.property(ms, ms, fc.boolean(), (single, bulk, isBulk) => {
        const { phase, waitMs, decision } = decided({ single, bulk }, isBulk, RULES_VERSION)
        expect(phase).toBe('coolingOff')
        expect(waitMs).toBe(Math.max(isBulk ? bulk : single, HELD.ms))
        expect(decision?.held).toEqual(HELD)
      }),
    )
  })

  it('leaves cases of rules before version 3 as they were', () => {
    expect(decided({ single: 0, bulk: 0 }, false, 2).phase).toBe('takingDown')
  })
})
