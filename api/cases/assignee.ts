import type { StaffRole } from '../../domain/vocabulary.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem } from '../errors.js'
import { DatabaseUnavailable } from '../outage.js'

/** A case given to nobody would be lost from sight; not checked while the database is away. */
export async function checkAssignee(
  { gate, store }: Pick<RouteDeps, 'gate' | 'store'>,
  { role, to }: { role: StaffRole; to: string },
): Promise<void> {
  try {
    const manager = await gate.attempt(() => store.accountManagers.find(to))
    if (manager?.active && manager.role === role) return
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return
    throw error
  }
  throw new ApiProblem('invalid-value', `"${to}" is no active ${role}; see /v1/account-managers.`)
}
