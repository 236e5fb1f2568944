import { type QueryFilter, trusted } from 'mongoose'
import type { Outcome, Phase, Severity, StaffRole } from '../../domain/vocabulary.js'
import { inScope, oneOf } from '../scope.js'
import type { TenantScope } from '../tenant-scope.js'
import type { SentMails } from '../mails/repository.js'
import type { CaseDocument } from './document.js'
import { searchable } from './search-text.js'

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
export function caseConditions(scope: TenantScope, filter: Filter): Condition {
  return { $and: [inScope(scope), ...filterConditions(filter)] }
}

/** What each filter asks of a case. */
const CONDITIONS = {
  brandId: (brandId: string) => [{ brandId }],
  /** One of these. */
  caseIds: (caseIds: readonly string[]) => [{ _id: oneOf(caseIds) }],
  /** One of these. */
  phase: (phases: readonly Phase[]) => [{ phase: trusted({ $in: [...phases] }) }],
  // Only what is closed has one; saying so lets its index be one of closed cases.
  outcome: (outcome: Outcome) => [{ outcome, open: false }],
  marketplace: (marketplace: string) => [{ marketplace }],
  /** The case's account manager, or its lead while it is the lead's turn. */
  assignee: (id: string) => [{ assignees: id }],
  /** The same of one of several people. */
  assignees: (ids: readonly string[]) => [{ assignees: trusted({ $in: [...ids] }) }],
  /** Who looks after the case (`null`: nobody), in one of these roles. */
  holder: ({ id, roles }: { id: string | null; roles: readonly StaffRole[] }) => [
    { $or: roles.map((role) => heldAs(role, id)) },
  ],
  severity: (severity: Severity) => [{ severity }],
  ruleId: (ruleId: string) => [{ ruleIds: ruleId }],
  listingId: (listingId: string) => [{ listingId }],
  sellerId: (sellerId: string) => [{ sellerId }],
  externalId: (externalId: string) => [{ externalIds: externalId }],
  /** `open` follows from having a deadline; saying so lets the index of deadlines be used. */
  dueBefore: (moment: Date) => [{ open: true, dueAt: trusted({ $lt: moment }) }],
  /** Saved since a minute before it: whoever goes on from the latest `updatedAt` misses nothing. */
  updatedAfter: (moment: Date) => [
    { savedAt: trusted({ $gte: new Date(moment.getTime() - OVERLAP_MS) }) },
  ],
  openedAfter: (moment: Date) => [{ openedAt: trusted({ $gte: moment }) }],
  openedBefore: (moment: Date) => [{ openedAt: trusted({ $lt: moment }) }],
  /** `open` follows from having closed; saying so lets the index of closings be used. */
  closedAfter: (moment: Date) => [{ open: false, closedAt: trusted({ $gte: moment }) }],
  closedBefore: (moment: Date) => [{ open: false, closedAt: trusted({ $lt: moment }) }],
  /**
   * Words that must all occur, as part of a word too, in title, listing id or seller id; case and
   * accents do not matter. The first 10 words of the first 200 characters count.
   */
  text: (text: string) => [EVER_OPENED, ...containingWords(text)],
  // `open` lets the indexes of open cases be used.
  titleShape: (titleShape: string) => [{ titleShape, open: true }],
  priceBand: (priceBand: string) => [{ priceBand, open: true }],
  /** One of these pictures. */
  picture: (sha256s: readonly string[]) => [{ pictureSha256s: oneOf(sha256s), open: true }],
  open: (open: boolean) => [{ open }],
} satisfies Record<string, (value: never) => Condition[]>

type Conditions = typeof CONDITIONS

type Filter = { [N in keyof Conditions]?: Parameters<Conditions[N]>[0] }

/** Filters of a list of cases; those that are given must all hold. */
export interface CaseFilter extends Filter {
  /** What that mail was about (`store/mails/`); none where there is no such mail. */
  mailId?: string
}

/** The same filter with the cases of its mail in the place of the mail. */
export async function withCasesOfMail(
  { mailId, ...filter }: CaseFilter,
  mails: Pick<SentMails, 'find'>,
): Promise<Filter> {
  if (mailId === undefined) return filter
  return { ...filter, caseIds: (await mails.find(mailId))?.caseIds ?? [] }
}

function filterConditions(filter: Filter): Condition[] {
  const given = Object.entries(filter) as [keyof Conditions, unknown][]
  return given.flatMap(([name, value]) =>
    value === undefined ? [] : (CONDITIONS[name] as (value: unknown) => Condition[])(value),
  )
}

function heldAs(role: StaffRole, id: string | null): Condition {
  return role === 'lead' ? { 'state.parties.leadId': id } : { accountManagerId: id }
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
