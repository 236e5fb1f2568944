import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { forSpreadsheet, fromSpreadsheet } from '../../../domain/form/spreadsheet-cell.js'

it.each(['=1+1', '+1', '-1', '@A1', '\t=1', "'=1"])('%j is no formula in a table', (text) => {
  expect(forSpreadsheet(text)).toBe(`'${text}`)
})

it('leaves other texts as they are', () => {
  expect(['shop-1', '店铺', '', "'s-Hertogenbosch"].map(forSpreadsheet)).toEqual([
    ...['shop-1', '店铺', '', "'s-Hertogenbosch"],
  ])
})

it('gives back what it was given', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom("'", '=', '-', 'a', '\t'), { maxLength: 6 })
      .map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (given) => {
      const cell = forSpreadsheet(given)
      expect(fromSpreadsheet(cell)).toBe(given)
      expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})
