import { evaluate } from '../../monitor/evaluate.js'
import { toNewCase } from '../../monitor/new-case.js'
import type { RulePack } from '../../monitor/rule-pack.js'
import { INK_CARTRIDGES, PHONE_CHARGERS } from '../../monitor/rules/index.js'
import { HP_FILE, sampleListings, VOLTBROOK_FILE } from '../monitor/real-listings.js'
import { type BuiltCase, buildCase, buildParties, buildPolicySnapshot } from './case.js'

/** The cases that the reference monitor makes of all samples, each as the brand is asked about it. */
export function sampleCases(): BuiltCase[] {
  return [
    ...casesOf(HP_FILE, INK_CARTRIDGES, 'HP'),
    ...casesOf(VOLTBROOK_FILE, PHONE_CHARGERS, 'Voltbrook'),
  ]
}

function casesOf(file: string, pack: RulePack, brandName: string): BuiltCase[] {
  const facts = {
    kind: 'ask',
    parties: buildParties({ brandName }),
    policy: buildPolicySnapshot(),
    previousCaseId: null,
  } as const
  return sampleListings(file).flatMap((listing) => {
    const evaluation = evaluate(listing, pack)
    if (!evaluation.suspicious || !evaluation.brand) return []
    const capture = {
      listingUrl: (marketplace: string, id: string) => `https://${marketplace}.example/${id}`,
      at: new Date('2026-03-02T07:55:00Z'),
    }
    const report = toNewCase(listing, evaluation, evaluation.brand, pack, capture)
    return [buildCase({ sighting: { ...report, sightingId: report.externalId }, facts })]
  })
}
