import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ShownListing } from '../../../domain/listing/listing.js'
import { sha256Hex } from '../../../domain/record/sha256.js'
import { shownBefore, shownListing, snapshotHash } from '../../../domain/case/shown.js'
import { INFRINGING_VERDICTS, isForStaff, RELEASING_VERDICTS } from '../../../domain/vocabulary.js'
import { derivedFields } from '../../../store/cases/row.js'
import { storable } from '../../../store/documents.js'
import { buildPolicySnapshot } from '../../builders/case.js'
import { as, askedCase, type CaseDriver, confirmation, itemSighting } from './case-driver.js'

const first: ShownListing = itemSighting().listing
const lead = { caller: as('lead') }
const OTHER_SELLER = { seller: { id: 'official-shop', officialStore: true } }

/** The listing is another when it is to be taken down, and the brand is asked again. */
function returnedAfter(changes: Partial<ShownListing>, driven = askedCase()): CaseDriver {
  driven.send('decide', confirmation())
  const observed = { ...first, ...changes }
  driven.marketplaceSays({ kind: 'listingChanged', changes: ['title'], observed })
  const message = { caseId: driven.state.caseId, ...lead, message: 'look again' }
  expect(driven.send('returnToBrand', message)).toBeNull()
  return driven
}
const again = (over: Parameters<typeof confirmation>[0] = {}) =>
  confirmation({ decisionId: 'd-2', ...over })

describe('a hash of a listing', () => {
  it('is the SHA-256 that everybody else computes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'))
      }),
    )
    for (const size of [0, 55, 56, 63, 64, 65, 1_000_000]) {
      const text = 'a'.repeat(size)
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }
  })

  it('is the same of what the record holds, whatever the order of its fields', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    const broken = fc.constantFrom('a\ud800', '\udfff', 'plain')
    fc.assert(
      fc.property(text, broken, (title, name) => {
        const listing = { ...first, title: title + name, seller: { id: 's', name } }
        const reordered = Object.fromEntries(Object.entries(listing).reverse())
        expect(snapshotHash(storable(reordered as unknown as ShownListing))).toBe(
          snapshotHash(listing),
        )
      }),
    )
  })

  it('differs with anything that is shown', () => {
    const others = [{ sku: 'other' }, { description: 'x' }, { title: 'x' }, { price: null }]
    const hashes = [{}, ...others].map((change) => snapshotHash({ ...first, ...change }))
    expect(new Set(hashes).size).toBe(others.length + 1)
  })
})

describe('a confirmation', () => {
  it.each(INFRINGING_VERDICTS)(
    'of %s names the listing it is about, whoever gives it',
    (verdict) => {
      const { shownHash: _none, ...bare } = confirmation({ verdict })
      expect(askedCase().send('decide', bare)).toMatchObject({
        code: 'InvalidMessage',
        message: expect.stringContaining('shownHash'),
      })
      const byLead = { ...bare, ...lead, proof: 'by phone' }
      expect(askedCase().send('decide', byLead)?.code).toBe('InvalidMessage')
      expect(askedCase().send('decide', confirmation({ verdict }))).toBeNull()
    },
  )

  it('is refused about a listing the case never showed', () => {
    const refusal = askedCase().send('decide', confirmation({ shownHash: '0'.repeat(64) }))
    expect(refusal).toMatchObject({
      code: 'ListingChanged',
      details: { shown: { hash: snapshotHash(first), listing: first } },
    })
    expect(refusal?.details.decidedOn).toBeUndefined()
  })

  it('needs no name in a case of the rules before', () => {
    const { shownHash: _none, ...bare } = confirmation()
    const old = askedCase({ policy: buildPolicySnapshot({ rulesVersion: 2 }) })
    expect(old.send('decide', bare)).toBeNull()
  })
})

it.each(RELEASING_VERDICTS.filter((verdict) => !isForStaff(verdict)))(
  'the answer %s needs no name of the listing, and with one holds for that listing',
  (verdict) => {
    const { shownHash: _none, ...bare } = again({ verdict })
    expect(returnedAfter(OTHER_SELLER).send('decide', bare)).toBeNull()
    expect(returnedAfter(OTHER_SELLER).send('decide', again({ verdict }))?.code).toBe(
      'ListingChanged',
    )
  },
)

describe('when the listing has changed and the brand is asked again', () => {
  it.each([
    ['seller', OTHER_SELLER],
    ['title', { title: 'Official shoulder bag' }],
    ['price', { price: { amount: 2400, currency: 'CNY' } }],
    ['currency', { price: { amount: 199, currency: 'EUR' } }],
    ['pictures', { pictures: [{ sha256: 'a'.repeat(64) }] }],
  ])('(%s) what it confirmed before does not count; what is shown now does', (_what, changes) => {
    const driven = returnedAfter(changes)
    const now = { ...first, ...changes }
    expect(shownListing(driven.state)).toEqual(now)
    expect(shownBefore(driven.state)).toEqual(first)

    expect(driven.send('decide', again())).toMatchObject({
      code: 'ListingChanged',
      details: {
        shown: { hash: snapshotHash(now), listing: now },
        decidedOn: { hash: snapshotHash(first), listing: first },
      },
    })
    expect(driven.send('decide', again({ shownHash: snapshotHash(now) }))).toBeNull()
    expect(driven.state.decision?.shownHash).toBe(snapshotHash(now))
  })

  it.each([
    ['the price by no more than a tenth', { price: { amount: 210, currency: 'CNY' } }],
    ['spaces and case of the title', { title: ` ${first.title.toUpperCase()}` }],
    ['the standing of its seller', { seller: { ...first.seller, transactions: 900 } }],
  ])('(%s) it is the same offer', (_what, changes) => {
    const driven = returnedAfter(changes)
    expect(shownBefore(driven.state)).toBeNull()
    expect(driven.send('decide', again())).toBeNull()
  })

  it('and changed back, the first answer names it again', () => {
    const driven = returnedAfter(OTHER_SELLER)
    driven.send('decide', again({ shownHash: snapshotHash({ ...first, ...OTHER_SELLER }) }))
    driven.marketplaceSays({ kind: 'listingChanged', changes: ['seller'], observed: first })
    const { caseId } = driven.state
    driven.send('returnToBrand', { caseId, ...lead, message: 'once more' })
    expect(shownListing(driven.state)).toEqual(first)
    expect(shownBefore(driven.state)).toMatchObject(OTHER_SELLER)
    expect(driven.send('decide', confirmation({ decisionId: 'd-3' }))).toBeNull()
  })

  it('history, lists and the list of authorised sellers go by the seller who is shown', () => {
    const driven = returnedAfter(OTHER_SELLER)
    expect(derivedFields(driven.state)).toMatchObject({ sellerId: 'official-shop' })
    const shownHash = snapshotHash({ ...first, ...OTHER_SELLER })
    driven.send('decide', again({ verdict: 'authorisedSeller', allowList: {}, shownHash }))
    expect(driven.events.at(-1)).toMatchObject({
      type: 'closed',
      data: { allowList: { sellerId: 'official-shop' } },
    })
  })

  it('in a case of the rules before, it is shown, and stays in the lists as it was', () => {
    const policy = buildPolicySnapshot({ rulesVersion: 2 })
    const { state } = returnedAfter(OTHER_SELLER, askedCase({ policy }))
    expect(shownListing(state)).toMatchObject(OTHER_SELLER)
    expect(shownBefore(state)).toEqual(first)
    expect(derivedFields(state)).toMatchObject({ sellerId: first.seller.id })
  })
})
