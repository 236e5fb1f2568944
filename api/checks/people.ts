import type { Membership } from '../../domain/person/memberships.js'
import type { Person } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { mayHandle } from '../callers/reach.js'
import { ApiProblem } from '../errors.js'

/** Whoever changes these can act in somebody's name. */
const OPERATOR_FIELDS = ['email', 'accountManagerId'] as const

/** True for somebody of whom the caller handles at least one membership. */
export function isOwn(caller: ApiCaller, { memberships }: Person): boolean {
  return memberships.some((membership) => mayHandle(caller, membership))
}

/** True for two that let somebody do the same, whatever their ids. */
export function isSame(one: Membership, other: Membership): boolean {
  const essence = ({ role, brandIds, marketplaces }: Membership) =>
    JSON.stringify([role, [...brandIds].sort(), [...marketplaces].sort()])
  return essence(one) === essence(other)
}

/** Throws `beyond-reach` where somebody acts for others, too, who have a say in who they are. */
export function checkWhole(caller: ApiCaller, { memberships }: Person): void {
  if (memberships.every((membership) => mayHandle(caller, membership))) return
  throw new ApiProblem(
    'beyond-reach',
    'They act for others, too: change their memberships of yours, or ask an operator.',
  )
}

/** Throws `not-allowed-for-role` where anybody but an operator sets what only they may. */
export function checkOperatorFields(caller: ApiCaller, about: object): void {
  if (caller.role === 'operator' || !OPERATOR_FIELDS.some((field) => field in about)) return
  throw new ApiProblem(
    'not-allowed-for-role',
    `Only an operator sets ${OPERATOR_FIELDS.join(' and ')}; invite a new address as a new person.`,
  )
}
