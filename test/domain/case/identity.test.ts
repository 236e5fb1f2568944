import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import {
  caseIdOf,
  isPlainListingId,
  parseCaseId,
  SLUG_MAX,
  takedownKeyOf,
  workflowIdOf,
} from '../../../domain/case/identity.js'
import { base32Sha256 } from '../../../platform/digest.js'

const slug = fc
  .stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}$/)
  .filter((text) => text.length <= SLUG_MAX)
const identity = fc.record({
  marketplace: slug,
  listingKey: fc.stringMatching(/^[A-Za-z0-9._-]{1,96}$/),
  brandId: slug,
})
const suffix = fc.stringMatching(/^[a-z0-9]{8,40}$/)

describe('a case id', () => {
  it('says what it is the id of', () => {
    fc.assert(
      fc.property(identity, suffix, (given, end) => {
        const workflowId = workflowIdOf(given)
        const parsed = parseCaseId(caseIdOf(workflowId, end))
        expect(parsed).toEqual({ ...given, workflowId, suffix: end })
      }),
    )
  })

  it('is different for different cases', () => {
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        expect(workflowIdOf(a) === workflowIdOf(b)).toBe(
          JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort()),
        )
      }),
    )
  })

  it.each([
    '',
    'case',
    'case~taobao~item-1~acme',
    'case~taobao~item-1~acme~',
    'case~taobao~item-1~acme~short',
    'case~taobao~item-1~acme~k3v9x0q2~more',
    'case~taobao~item~1~acme~k3v9x0q2',
    'CASE~taobao~item-1~acme~k3v9x0q2',
    'case~Taobao~item-1~acme~k3v9x0q2',
    'case~taobao~item 1~acme~k3v9x0q2',
    'case~taobao~../../etc~acme~k3v9x0q2',
    'case~taobao~item-1~-acme~k3v9x0q2',
    'case~taobao~item-1~acme~k3v9x0q2\n',
    'case~taobao~item-1~acme~K3V9X0Q2',
    'case~~~~',
    'case~taobao~{"$ne":1}~acme~k3v9x0q2',
    `case~taobao~${'9'.repeat(97)}~acme~k3v9x0q2`,
    `case~taobao~item-1~${'a'.repeat(65)}~k3v9x0q2`,
    `case~${'a'.repeat(65)}~item-1~acme~k3v9x0q2`,
  ])('is not %j', (text) => {
    expect(parseCaseId(text)).toBeNull()
  })

  it('is never made of any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parseCaseId(text)
        expect(parsed === null || caseIdOf(parsed.workflowId, parsed.suffix) === text).toBe(true)
      }),
    )
  })

  it('with a number is the key of a takedown', () => {
    expect(takedownKeyOf('case~a~b~c~k3v9x0q2', 2)).toBe('takedown:case~a~b~c~k3v9x0q2:2')
  })
})

describe('a plain listing id', () => {
  it('is never one that has the form of a digest, which stands for another listing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (listingId) => {
        expect(isPlainListingId(`x${base32Sha256(listingId)}`)).toBe(false)
      }),
    )
  })

  it('is every other of the usual characters', () => {
    for (const id of ['7391', 'x', 'MLB-123.4_5', `x${'a'.repeat(51)}`, `x${'a'.repeat(53)}`]) {
      expect([id, isPlainListingId(id)]).toEqual([id, true])
    }
    for (const id of ['', 'a b', 'é', '~', 'a'.repeat(97)]) {
      expect([id, isPlainListingId(id)]).toEqual([id, false])
    }
  })
})
