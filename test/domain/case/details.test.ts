import { describe, expect, it } from '@jest/globals'
import { caseDetails } from '../../../domain/case/details.js'
import { caseSummary } from '../../../domain/case/summary.js'
import { buildListing } from '../../builders/sighting.js'
import { askedCase, CASE_ID, confirmation } from './case-driver.js'

const REFUSED = { kind: 'refused', code: 'counterNotice', message: 'a counter-notice' } as const

describe('what a manager reads about a case', () => {
  it('says whose turn it is and until when', () => {
    expect(caseDetails(askedCase().state)).toContain('**awaitingBrand**: waiting for brand until')
  })

  it('says which listing it is about, whatever became of it', () => {
    const driven = askedCase()
    const { brandId, listing } = driven.state
    const title = caseSummary({ brandId, listing: listing ?? buildListing() })
    driven.send('decide', confirmation({ verdict: 'genuine' }))
    for (const state of [askedCase().state, driven.state]) {
      expect(caseDetails(state).split('\n\n')[1]).toBe(title)
    }
  })

  it('says why a case is stuck, and how to send everything that unblocks it', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    const { state } = driven.marketplaceSays(REFUSED)
    const details = caseDetails(state)

    expect(details).toContain('a counter-notice')
    expect(state.attention?.unblock.length).toBeGreaterThan(0)
    const steps = details.split('\n').filter((line) => line.startsWith('- '))
    expect(steps).toHaveLength(state.attention?.unblock.length ?? 0)
    for (const step of steps) expect(step).toMatch(/Send the update `\w+` with|`joint-force case /)
    expect(details).toContain(`joint-force case close ${CASE_ID} --reason`)
  })

  it('says how a case ended', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ verdict: 'genuine' }))
    expect(caseDetails(driven.state)).toContain('Outcome: **released** (genuine)')
  })

  it('shows words of others as they are, without their Markdown', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    const said = 'see [this](https://x.example)\n\n# closed'
    const { state } = driven.marketplaceSays({ kind: 'refused', code: 'c', message: said })
    expect(caseDetails(state)).toContain('see \\[this\\](https\\:\\/\\/x.example) \\# closed')
  })
})
