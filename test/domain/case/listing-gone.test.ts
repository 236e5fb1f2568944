import { describe, expect, it } from '@jest/globals'
import {
  isListingDoubted,
  listingGoneHappenings,
  standingHappenings,
} from '../../../domain/case/listing-gone.js'
import { as, askedCase, CASE_ID, type CaseDriver, confirmation } from './case-driver.js'

const unknown = { kind: 'exhausted', message: 'no answer', outcomeUnknown: true } as const
const refused = { kind: 'refused', code: 'notListed', message: 'cannot be removed' } as const
const message = { caseId: CASE_ID, byCaseId: 'case-of-another-brand' }

const hear = (driven: CaseDriver) => driven.apply(listingGoneHappenings(driven.state, message))

const waiting: [string, () => CaseDriver][] = [
  ['with the brand', askedCase],
  ['with the account manager', () => askedCase().runToDeadline(3)],
  [
    'in its cooling-off',
    () => {
      const driven = askedCase()
      driven.send('decide', confirmation({ bulk: true }))
      return driven
    },
  ],
  [
    'that the marketplace refused',
    () => {
      const driven = askedCase()
      driven.send('decide', confirmation())
      return driven.marketplaceSays(refused)
    },
  ],
]

describe.each(waiting)('a case %s whose listing another case found gone', (_where, start) => {
  it('is looked up and ends as already gone', () => {
    const driven = start()
    hear(driven)
    expect(isListingDoubted(driven.state)).toBe(true)
    driven.apply(standingHappenings(driven.state, 'gone'))
    expect(driven.state.ending?.outcome).toBe('alreadyGone')
  })

  it('goes on where it was when the listing is there, and can be told again', () => {
    const driven = start()
    const { phase, wait } = driven.state
    hear(driven)
    driven.apply(standingHappenings(driven.state, 'listed'))
    expect(driven.state).toMatchObject({ phase, wait })
    expect(isListingDoubted(driven.state)).toBe(false)
    expect(hear(driven)).toHaveLength(1)
  })

  it('is told once, and only for itself', () => {
    const driven = start()
    const stale = { ...message, caseId: `${CASE_ID}old` }
    expect(driven.apply(listingGoneHappenings(driven.state, stale))).toEqual([])
    expect(hear(driven)).toHaveLength(1)
    expect(hear(driven)).toEqual([])
  })
})

describe('a case that finds out by itself', () => {
  it.each<[string, (driven: CaseDriver) => unknown]>([
    ['because it takes the listing down', () => null],
    ['because it looks its takedown up', (driven) => driven.marketplaceSays(unknown)],
    [
      'because it is being closed',
      (driven) =>
        driven.send('closeManually', { caseId: CASE_ID, caller: as('lead'), reason: 'settled' }),
    ],
  ])('does not listen: %s', (_why, then) => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    then(driven)
    expect(hear(driven)).toEqual([])
  })
})
