import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { withBoundedLists } from '../../../domain/case/bounded-state.js'
import type { CaseState } from '../../../domain/case/state.js'
import { answerCount } from '../../../domain/case/evolve-answers.js'
import { asyncDecisionHappenings } from '../../../domain/case/handling.js'
import { sightingHappenings } from '../../../domain/listing/sightings.js'
import { jsonBytes, lastWithin, textWithin } from '../../../domain/form/size.js'
import { noticeFailedHappenings } from '../../../domain/notice/unreachable.js'
import { NOTICE_KINDS } from '../../../domain/vocabulary.js'
import { nextDeadline } from '../../../domain/case/waiting/due.js'
import { buildCaller, buildParties, buildPolicySnapshot, MONITOR } from '../../builders/case.js'
import { as, CASE_ID, CaseDriver, confirmation, itemSighting } from './case-driver.js'

/** What is left of Temporal's 2 MB for the event beside it. */
const STATE_LIMIT_BYTES = 1_000_000
const CONTROL = '\u0001'

function opened(rulesVersion: number): CaseDriver {
  const policy = buildPolicySnapshot({ rulesVersion })
  const facts = { kind: 'ask', parties: buildParties(), policy, previousCaseId: null } as const
  return new CaseDriver(facts, itemSighting())
}

type Act = (driven: CaseDriver, n: number) => void

/** Everything that makes a list in the state longer, as large as it comes. */
const ACTS: Record<string, Act> = {
  refused: (driven, n) => {
    const decisionId = `d-${n}`.padEnd(64, 'x')
    const message = confirmation({ decisionId, digest: 'e'.repeat(64), shownHash: '0'.repeat(64) })
    driven.apply(asyncDecisionHappenings(driven.state, message, driven.now))
  },
  decidedAndUndone: (driven, n) => {
    const decisionId = `u-${n}`.padEnd(64, 'x')
    driven.send('decide', confirmation({ decisionId, digest: 'f'.repeat(64), bulk: true }))
    driven.now += 1
    driven.send('undecide', { caseId: CASE_ID, caller: buildCaller(), decisionId, reason: 'no' })
  },
  undelivered: (driven, n) => {
    const kind = NOTICE_KINDS[n % NOTICE_KINDS.length] ?? 'asked'
    const contactId = `c-${n}`.padEnd(200, '字')
    const message = { caseId: CASE_ID, contactId, kind, detail: CONTROL.repeat(10_000) }
    driven.apply(noticeFailedHappenings(driven.state, message, driven.now))
  },
  seen: (driven, n) => {
    const sighting = itemSighting({ sightingId: `s-${n}`.padEnd(100, 'y') })
    driven.apply(sightingHappenings(driven.state, sighting, driven.now, MONITOR))
  },
  noted: (driven) => {
    const note = { caseId: CASE_ID, caller: as('lead'), text: CONTROL.repeat(4_000) }
    driven.send('addNote', { ...note, audience: 'internal' })
  },
  returned: (driven) => {
    if (nextDeadline(driven.state)) driven.runToDeadline()
    driven.send('returnToBrand', { caseId: CASE_ID, caller: as('lead'), message: 'again' })
  },
}

/** So often is what was drawn done again: the lists have to overflow. */
const ROUNDS = 120
const anyActs = fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 1, maxLength: 12 })

function play(driven: CaseDriver, names: readonly string[]): CaseState {
  for (let n = 0; n < ROUNDS * names.length; n++) ACTS[names[n % names.length] ?? '']?.(driven, n)
  return driven.state
}

describe('the state of a case, whatever it is sent and however often', () => {
  it.each([2, 3])(
    'is one payload: rules version %i',
    (version) => {
      fc.assert(
        fc.property(anyActs, (names) => {
          const state = play(opened(version), names)
          const taken = version < 3 ? withBoundedLists(state) : state
          expect(jsonBytes(taken)).toBeLessThan(STATE_LIMIT_BYTES)
          // What is taken over once stays as it is.
          expect(withBoundedLists(taken)).toEqual(taken)
        }),
        { numRuns: 8 },
      )
    },
    120_000,
  )

  it('lists the latest answers and the one that won, and counts all', () => {
    const driven = opened(3)
    driven.send('decide', confirmation({ decisionId: 'd-won', bulk: true }))
    for (let n = 0; n < 1_500; n++) ACTS['refused']?.(driven, n)
    const { answers, decision } = driven.state
    expect(answers.length).toBeLessThanOrEqual(501)
    expect(answers[0]).toMatchObject({ decisionId: 'd-won', result: 'won' })
    expect(answers.at(-1)?.decisionId).toMatch(/^d-1499/)
    expect(answerCount(driven.state)).toBe(1_501)
    expect(decision?.decisionId).toBe('d-won')
    const again = confirmation({ decisionId: 'd-won', bulk: true })
    expect(driven.send('decide', again)).toBeNull()
  })

  it('of an older version says the same once it is taken over', () => {
    const driven = opened(2)
    for (let n = 0; n < 900; n++) ACTS['refused']?.(driven, n)
    expect(driven.state.answers).toHaveLength(900)
    const taken = withBoundedLists(driven.state)
    expect(answerCount(taken)).toBe(900)
    expect(taken.answers.length).toBeLessThan(600)
    driven.state = taken
    ACTS['refused']?.(driven, 900)
    expect(driven.state.answers.length).toBeLessThan(600)
    expect(answerCount(driven.state)).toBe(901)
  })
})

describe('a part of what is too long', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 300 })

  it('is the longest beginning of a text that fits', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 400 }), (text, maxBytes) => {
        const part = textWithin(text, maxBytes)
        expect(text.startsWith(part)).toBe(true)
        expect(jsonBytes(part)).toBeLessThanOrEqual(maxBytes)
        expect(part === text || jsonBytes(part) + 12 > maxBytes).toBe(true)
      }),
    )
  })

  it('is the last items of a list that fit', () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.integer({ min: 0, max: 2_000 }), (items, maxBytes) => {
        const part = lastWithin(items, maxBytes)
        const sizeOf = (some: readonly string[]) =>
          some.reduce((sum, one) => sum + jsonBytes(one), 0)
        expect(part).toEqual(items.slice(items.length - part.length))
        expect(sizeOf(part)).toBeLessThanOrEqual(maxBytes)
        const longer = items.slice(items.length - part.length - 1)
        expect(part.length === items.length || sizeOf(longer) > maxBytes).toBe(true)
      }),
    )
  })
})
