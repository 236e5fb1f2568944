import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { caseSummary } from '../../../domain/case/summary.js'
import { buildSighting } from '../../builders/sighting.js'

const summaryOf = (listing: Parameters<typeof buildSighting>[0]) =>
  caseSummary(buildSighting(listing))

describe('what a manager reads of a case in a list', () => {
  it('is one line, whatever the seller wrote and the monitor sent', () => {
    const listing = { listingId: '1\n2\u001b[31m', title: 'a  bag\r\n\u202eof\u0007 plenty' }
    expect(summaryOf({ listing })).toMatch(/^northwind · taobao · 1 2 \\\[31m · a bag of plenty$/)
  })

  it('is cut between characters', () => {
    const summary = summaryOf({ listing: { title: '😀'.repeat(100) } })
    expect(summary.length).toBeLessThanOrEqual(150)
    expect(summary).toMatch(/😀…$/u)
  })

  it('holds no Markdown of a seller, however it is cut', () => {
    const markup = fc.constantFrom(
      ...['[a](https://x.example)', '![p](//y.example/p.png)', '<img src=x>', '**b**', '`c`'],
      ...['https://x.example', 'www.x.example', '~~s~~', '\\', 'a', ' ', '&lt;', 'm@x.example'],
    )
    fc.assert(
      fc.property(fc.array(markup, { maxLength: 40 }), (parts) => {
        const summary = summaryOf({ listing: { title: parts.join('') } })
        const live = summary.replace(/\\[\s\S]/g, '')
        expect(live).not.toMatch(/[\\`*_[\]<>~|&@!#]|:\/\/|www\./)
        expect(summary.length).toBeLessThanOrEqual(150)
      }),
    )
  })
})
