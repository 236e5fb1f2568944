import { describe, expect, it } from '@jest/globals'
import { Compile } from 'typebox/compile'
import { readFields } from '../../api/answer/form.js'
import { parseCsv } from '../../api/http/csv.js'
import { fieldErrors } from '../../api/errors.js'
import { NewBrandSchema } from '../../contract/brand.js'
import { NewDecisionSchema } from '../../contract/decision.js'
import { NewCaseSchema } from '../../contract/sighting.js'
import { tidied } from '../../domain/form/given-text.js'
import { buildNewCase } from './new-case.js'

const brand = Compile(NewBrandSchema)
const decision = Compile(NewDecisionSchema)
const newCase = Compile(NewCaseSchema)
const contact = (email: string) => ({ contactId: 'a', name: 'A', email, locale: 'en' })

/** What a request of `n` characters makes us do, at its worst. */
const WORK: [string, (n: number) => unknown][] = [
  ['white space that ends in a letter', (n) => tidied({ a: `${' '.repeat(n)}x${' '.repeat(n)}y` })],
  ['many short texts', (n) => tidied(Array.from({ length: n / 8 }, () => ' x '))],
  ['a form of many fields', (n) => readFields('a=%C3%A3&'.repeat(n / 9))],
  [
    'a CSV of many rows',
    (n) => parseCsv(`a,b\n${`"${'""'.repeat(100)}",x\n`.repeat(n / 205)}`, ['a', 'b']),
  ],
  [
    'fields nobody knows',
    (n) => {
      const names = Array.from({ length: n / 16 }, (_, i) => [`field-${i}`, 1])
      return fieldErrors(decision.Errors(Object.fromEntries(names)))
    },
  ],
  [
    'addresses of mail',
    (n) => brand.Errors({ brandId: 'b', name: 'B', contacts: [contact(`${'a.'.repeat(n / 2)}@`)] }),
  ],
  [
    'ids of brands',
    (n) => brand.Check({ brandId: `${'a-'.repeat(n / 2)}_`, name: 'B', contacts: [] }),
  ],
  [
    'a title',
    (n) => newCase.Errors(buildNewCase({ listing: { title: `${'a '.repeat(n / 2)}\0` } })),
  ],
  [
    'an address',
    (n) =>
      newCase.Errors(tidied(buildNewCase({ listing: { url: `https://${'a.'.repeat(n / 2)}/ ` } }))),
  ],
  [
    'a moment',
    (n) =>
      newCase.Errors(
        buildNewCase({ listing: { capturedAt: `2026-01-01T00:00:00.${'0'.repeat(n)}` } }),
      ),
  ],
]

const SMALL = 100_000
const TIMES = 4
/** Linear work takes four times as long, quadratic sixteen times; a busy machine blurs both. */
const TOO_MUCH = 11

describe('the work a request makes', () => {
  it.each(WORK)('grows as its size does, and no faster: %s', async (_what, work) => {
    await work(SMALL)
    const fastest = async (n: number) => {
      let bestMs = Number.POSITIVE_INFINITY
      for (let run = 0; run < 4; run++) {
        const startedAt = performance.now()
        await work(n)
        bestMs = Math.min(bestMs, performance.now() - startedAt)
      }
      return bestMs
    }
    const smallMs = await fastest(SMALL)
    const largeMs = await fastest(SMALL * TIMES)
    // Below this a busy machine is what is measured; quadratic work of this size takes minutes.
    const floorMs = 500
    expect(largeMs).toBeLessThan(Math.max(floorMs, smallMs * TOO_MUCH))
  })
})
