import { CASE_EVENT_TYPES } from '../vocabulary.js'
import { PATCHES } from './patches.js'
import { RULES_VERSION } from '../brand/policy.js'

/** What code must know to go on with cases, or does know. */
export interface Knowledge {
  /** The newest version of the rules. */
  rulesVersion: number
  patches: readonly string[]
  eventTypes: readonly string[]
}

/** What this release knows. */
export const KNOWLEDGE: Knowledge = {
  rulesVersion: RULES_VERSION,
  patches: PATCHES,
  eventTypes: CASE_EVENT_TYPES,
}

/** What is known but not used yet, so that there is a release to go back to. */
export interface LeftOff {
  patchesOff: readonly string[]
  /** The rules that new cases take; at most those that are known. */
  newCaseRules: number
}

/** What open cases will need once a release is at work that knows `known` and leaves that off. */
export function usedOf(known: Knowledge, { patchesOff, newCaseRules }: LeftOff): Knowledge {
  return {
    rulesVersion: newCaseRules,
    patches: known.patches.filter((patch) => !patchesOff.includes(patch)),
    eventTypes: known.eventTypes,
  }
}

/** What is needed and not known, in words; `null` when nothing is. */
export function unknownOf(needed: Knowledge, known: Knowledge): string | null {
  const missing = (of: 'patches' | 'eventTypes') =>
    needed[of].filter((name) => !known[of].includes(name))
  const [patches, eventTypes] = [missing('patches'), missing('eventTypes')]
  const parts = [
    ...(needed.rulesVersion > known.rulesVersion ? [`rules version ${needed.rulesVersion}`] : []),
    ...(patches.length > 0 ? [`patches ${patches.join(', ')}`] : []),
    ...(eventTypes.length > 0 ? [`events ${eventTypes.join(', ')}`] : []),
  ]
  return parts.length === 0 ? null : parts.join('; ')
}
