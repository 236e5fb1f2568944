import { type BrandPolicy, policyProblems } from '../../domain/brand/policy.js'
import { ApiProblem } from '../errors.js'

/** Throws `invalid-value` when the rules could not work with this policy. */
export function checkPolicy(policy: BrandPolicy, minWindowMs: number): void {
  const problems = policyProblems(policy, minWindowMs)
  if (problems.length === 0) return
  throw new ApiProblem('invalid-value', 'The policy cannot be saved as it is.', {
    extensions: { errors: problems.map((message) => ({ pointer: '', message })) },
  })
}
