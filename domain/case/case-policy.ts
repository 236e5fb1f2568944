import { type PolicySnapshot, RULES_VERSION } from '../brand/policy.js'
import type { CaseState } from './state.js'

/** The version of the rules that hold for the case. */
export function rulesVersionOf(state: CaseState): number {
  return state.policy?.rulesVersion ?? RULES_VERSION
}

/** The policy of an opened case; a case refused at opening has none and never waits. */
export function policyOf(state: CaseState): PolicySnapshot {
  if (!state.policy)
    throw new Error(`case ${state.caseId} has no policy: it was refused at opening`)
  return state.policy
}
