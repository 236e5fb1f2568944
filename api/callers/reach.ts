import { parseCaseId } from '../../domain/case/identity.js'
import type { Role } from '../../domain/vocabulary.js'
import type { ApiKey, TenantScope } from '../../store/store.js'
import { ApiProblem, notFound } from '../errors.js'
import { ACCESS, MAKES, REACHES, type Scope } from './scopes.js'

/** What an operation's path names. */
export interface Target {
  brandId?: string
  marketplace?: string
}

/** Why a key does not reach a target: it is as if absent, or it reaches further than the key. */
type OutOfReach = 'not-found' | 'beyond-reach'

/** True when `id` is within what a key may see. */
export function covers(allowed: readonly string[] | '*', id: string): boolean {
  return allowed === '*' || allowed.includes(id)
}

/**
 * Whether a key reaches what an operation of `scope` touches: `null`, or why not. What the path does
 * not name (a brand in a body, another key) is checked where it is read, by the same functions.
 */
function outOfReach(caller: TenantScope, scope: Scope, target: Target): OutOfReach | null {
  const { brandIds, marketplaces } = caller
  const { brandId, marketplace } = target
  if (brandId !== undefined && !covers(brandIds, brandId)) return 'not-found'
  if (marketplace !== undefined && !covers(marketplaces, marketplace)) return 'not-found'
  switch (ACCESS[scope].reach) {
    case 'wholeBrand':
      return marketplaces === '*' ? null : 'beyond-reach'
    case 'platform':
      return brandIds === '*' && marketplaces === '*' ? null : 'beyond-reach'
    default:
      return null
  }
}

/** Throws `not-found` or `beyond-reach` where `outOfReach` says so. */
export function checkReach(caller: TenantScope, scope: Scope, target: Target): void {
  const problem = outOfReach(caller, scope, target)
  if (problem === 'not-found') {
    throw notFound(target.marketplace === undefined ? 'brand' : 'case')
  }
  if (problem === null) return
  throw new ApiProblem(
    problem,
    `This reaches ${REACHES[ACCESS[scope].reach]}; you act for fewer. Ask an operator.`,
  )
}

/** The brand and marketplace that a path names; a case id that is none names nothing. */
export function targetOf(params: unknown): Target {
  const { caseId, brandId } = (params ?? {}) as Record<string, string | undefined>
  if (brandId !== undefined) return { brandId }
  const parsed = caseId === undefined ? null : parseCaseId(caseId)
  return parsed ? { brandId: parsed.brandId, marketplace: parsed.marketplace } : {}
}

/** Whether a maker of keys and memberships may make, read and end such a one. */
export function mayHandle(
  maker: TenantScope & { role: Role },
  made: Pick<ApiKey, 'role' | 'brandIds' | 'marketplaces'>,
): boolean {
  const isOfTheirs = MAKES[maker.role]?.includes(made.role) ?? false
  return isOfTheirs && coversAll(maker, made)
}

/** True when everything within the other scope is within the caller's. */
export function coversAll(caller: TenantScope, other: TenantScope): boolean {
  return (
    isWithin(other.brandIds, caller.brandIds) && isWithin(other.marketplaces, caller.marketplaces)
  )
}

function isWithin(part: readonly string[] | '*', whole: readonly string[] | '*'): boolean {
  if (part === '*') return whole === '*'
  return part.every((id) => covers(whole, id))
}
