import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  addDrift,
  emptyReport,
  hasDrift,
  mergeReports,
  readReport,
  type ReconcileReport,
} from '../../../domain/record/reconciling.js'
import { type Drift, DRIFTS } from '../../../domain/vocabulary.js'

const findings = fc.array(fc.tuple(fc.constantFrom(...DRIFTS), fc.stringMatching(/^[a-z]{200}$/)), {
  maxLength: 400,
})

function reportOf(found: readonly [Drift, string][]): ReconcileReport {
  const report = { ...emptyReport(), openRows: found.length }
  for (const [drift, caseId] of found) addDrift(report, drift, caseId)
  return report
}

describe('the report of a comparison', () => {
  it('counts everything, names some of it, and stays small however much is merged', () => {
    fc.assert(
      fc.property(fc.array(findings, { maxLength: 8 }), (slices) => {
        const all = slices.flat()
        const report = slices.map(reportOf).reduce(mergeReports, emptyReport())
        for (const drift of DRIFTS) {
          const ids = all.filter(([found]) => found === drift).map(([, caseId]) => caseId)
          expect(report.counts[drift]).toBe(ids.length)
          expect(report[drift]).toEqual(ids.slice(0, 50))
        }
        expect(hasDrift(report)).toBe(all.length > 0)
        expect(report.openRows).toBe(all.length)
        expect(JSON.stringify(report).length).toBeLessThan(100_000)
      }),
      { numRuns: 30 },
    )
  })

  it('of a version that only named what it found is read with its counts', () => {
    const { counts: _, ...old } = reportOf([
      ['superseded', 'a'],
      ['superseded', 'b'],
    ])
    expect(readReport(old).counts).toMatchObject({ superseded: 2, restarted: 0 })
    expect(hasDrift(readReport(old))).toBe(true)
  })
})
