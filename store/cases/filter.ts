import { type QueryFilter, trusted } from 'mongoose'
import type { StaffRole } from '../../domain/vocabulary.js'
import { type CaseDocument, searchable } from './row.js'
import { inScope } from '../scope.js'
import type { CaseFilter, TenantScope } from '../store.js'

/**
 * A transaction may be in flight for so long (MongoDB's default limit): what it wrote may become
 * visible that much after its moment.
 */
export const OVERLAP_MS = 60_000

/** Of every case. Said of the first field of an index, it has what follows it there read there, too. */
const EVER_OPENED = { openedAt: trusted({ $gt: new Date(0) }) }

const MAX_TEXT_LENGTH = 200
const MAX_WORDS = 10

type Condition = QueryFilter<CaseDocument>

/** Everything a case must fulfil to be in a list: the caller's scope and each given filter. */
export function caseConditions(scope: TenantScope, filter: CaseFilter): Condition {
  return { $and: [inScope(scope), ...filterConditions(filter)] }
}

function filterConditions(filter: CaseFilter): Condition[] {
  const { assignee, ruleId, externalId, dueBefore, updatedAfter, text, phase, ...others } = filter
  const { openedAfter, openedBefore, closedAfter, closedBefore, holder, ...equal } = others
  return [
    equal,
    ...(holder === undefined ? [] : [{ $or: holder.roles.map((role) => heldAs(role, holder.id)) }]),
    ...(assignee === undefined ? [] : [{ assignees: assignee }]),
    ...(ruleId === undefined ? [] : [{ ruleIds: ruleId }]),
    ...(externalId === undefined ? [] : [{ externalIds: externalId }]),
    ...(phase === undefined ? [] : [{ phase: trusted({ $in: [...phase] }) }]),
    ...within('openedAt', openedAfter, openedBefore),
    ...within('closedAt', closedAfter, closedBefore),
    // `open` follows from having closed, or a deadline; saying so lets those indexes be used.
    ...((closedAfter ?? closedBefore) ? [{ open: false }] : []),
    ...(dueBefore === undefined ? [] : [{ open: true, dueAt: trusted({ $lt: dueBefore }) }]),
    ...(updatedAfter === undefined ? [] : [{ savedAt: trusted({ $gte: before(updatedAfter) }) }]),
    ...(text === undefined ? [] : [EVER_OPENED, ...containingWords(text)]),
  ]
}

function heldAs(role: StaffRole, id: string | null): Condition {
  return role === 'lead' ? { 'state.parties.leadId': id } : { accountManagerId: id }
}

function within(field: 'openedAt' | 'closedAt', from?: Date, to?: Date): Condition[] {
  return [
    ...(from === undefined ? [] : [{ [field]: trusted({ $gte: from }) }]),
    ...(to === undefined ? [] : [{ [field]: trusted({ $lt: to }) }]),
  ]
}

function before(moment: Date): Date {
  return new Date(moment.getTime() - OVERLAP_MS)
}

function containingWords(text: string): Condition[] {
  return searchable(text.slice(0, MAX_TEXT_LENGTH))
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
    .map((word) => ({ searchText: containing(word) }))
}

function containing(word: string): RegExp {
  return new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
