import type { Answering } from '../../domain/brand/answering.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { ClosedCase } from '../../domain/case/replaying.js'
import type { CaseState } from '../../domain/case/state.js'
import type { OpenedPosition } from '../../domain/sweep/sweeps.js'
import type { AttentionReason, MessageName, Phase, Severity } from '../../domain/vocabulary.js'
import type { RecordRepository, SaveCommand } from '../record/repository.js'
import type { CaseSort } from '../../domain/case/sorts.js'
import type { CountedRow, CoursePoint, CourseStep } from './counted.js'
import type { CaseRow } from './document.js'
import type { CaseFilter } from './filter.js'
import type { Percentiles } from './percentiles.js'
import type { TenantScope } from '../tenant-scope.js'

/** A place in a list of cases: after this case, which has this value of what is sorted by. */
export interface CasePosition {
  value: Date | string
  caseId: string
}

/** One page of a list. */
export interface Page<T> {
  items: T[]
  /** Keyset position after the last item, `null` at the end. */
  next: CasePosition | null
}

/** A case to be opened: its first events and the state they lead to. */
export interface OpenCaseCommand extends SaveCommand<CaseState, CaseEvent> {
  externalId: string | null
}

/** Who claimed a sighting first. */
export interface SightingClaim {
  sightingId: string
  caseId: string
  marketplace: string
  listingId: string
}

/**
 * The cases: rows to list and filter, and the record behind each. To open one claims its sighting; a
 * case that takes up another one leaves the claim with that, and is marked there. When another case
 * has the sighting, open the case again with events that refuse it: a refused case claims nothing. A
 * save brings with it claims of added sightings (first come, first served), allow-list entries, and
 * the mark of a removal that was undone.
 */
export interface CaseRepository extends RecordRepository<
  CaseState,
  CaseEvent,
  CaseRow,
  OpenCaseCommand,
  SightingClaim
> {
  getMany(scope: TenantScope, caseIds: readonly string[]): Promise<CaseRow[]>
  list(
    scope: TenantScope,
    filter: CaseFilter,
    page: { limit: number; sort?: CaseSort; after?: CasePosition },
  ): Promise<Page<CaseRow>>
  /**
   * The latest 20 closed cases of that listing and brand, newest first; those that answer nothing,
   * because they were refused or are taken up again, aside.
   */
  latestClosed(key: { brandId: string; marketplace: string; listingId: string }): Promise<CaseRow[]>
  /** Open cases of that listing, of any brand; at most 100. */
  openOfListing(key: { marketplace: string; listingId: string }): Promise<CaseRow[]>
  /** A case of any brand that ended after `since` because that listing was gone, and is still. */
  goneSince(key: { marketplace: string; listingId: string }, since: Date): Promise<CaseRow | null>
  /**
   * Where a picture with this hash was seen, by cases of the scope that show it now or showed it first;
   * `null` where none does.
   */
  pictureUrls(scope: TenantScope, sha256: string): Promise<string[] | null>
  claimOf(sightingId: string): Promise<SightingClaim | null>
  /** Those of several sightings that were claimed, by sighting. */
  claimsOf(sightingIds: readonly string[]): Promise<Map<string, SightingClaim>>
  /** How many cases other than this one fit; counted up to `limit`. */
  countOthers(
    scope: TenantScope,
    filter: CaseFilter,
    caseId: string,
    limit: number,
  ): Promise<number>
  /** Open cases, in the order in which they were opened. */
  openInOrder(
    scope: TenantScope,
    filter: CaseFilter,
    after: OpenedPosition | null,
    limit: number,
  ): Promise<OpenedPosition[]>
  /** How many those are. */
  countOpen(scope: TenantScope, filter: CaseFilter): Promise<number>
  sellerStats(
    scope: TenantScope,
    seller: { marketplace: string; sellerId: string; brandId: string },
    since: Date,
  ): Promise<{ open: number; removed: number }>
  /** The latest cases that were opened in `[from, to)`, at most so many, newest first. */
  counted(scope: TenantScope, query: { from: Date; to: Date; limit: number }): Promise<CountedRow[]>
  /** How many were opened, decided and removed in each day or week of `[from, to)`, in order. */
  course(
    scope: TenantScope,
    query: { from: Date; to: Date; step: CourseStep },
  ): Promise<CoursePoint[]>
  /** What is open in each phase, by how long ago before `now` it was opened. */
  openByPhaseAndAge(scope: TenantScope, now: Date): Promise<OpenPhase[]>
  /** How the latest cases of a brand came to their end that closed since then, newest first. */
  closedSince(
    scope: TenantScope,
    query: { brandId: string; since: Date; limit: number },
  ): Promise<ClosedCase[]>
  stats(scope: TenantScope, query: StatsQuery): Promise<CaseStats>
  /** By brand: what is open as of `now`, and what was answered and missed since `since`. */
  deskFigures(
    scope: TenantScope,
    period: { now: Date; since: Date },
  ): Promise<Map<string, DeskFigures>>
  /** To whom mails about open cases were refused for good, those refused last first; at most 200. */
  undelivered(scope: TenantScope): Promise<Undelivered[]>
  /** By account manager (`null`: none): what is open as of `now`, and what they missed since `since`. */
  workloads(
    scope: TenantScope,
    period: { now: Date; since: Date },
  ): Promise<Map<string | null, Workload>>
  /** Open cases that need attention, by what is wrong and where; the groups of most cases first. */
  stuckGroups(scope: TenantScope): Promise<StuckGroup[]>
  /** Takedowns that their marketplace has not answered, those that wait longest first. */
  takedownQueues(scope: TenantScope): Promise<TakedownQueue[]>
}

/** What one account manager has to do, and how many of their own windows passed without an answer. */
export interface Workload extends Pick<Figures, 'openByPhase' | 'overdue'> {
  missed: number
}

/** Cases with one problem on one marketplace; at most 50 are named, those stuck longest first. */
export interface StuckGroup {
  reason: AttentionReason
  marketplace: string
  count: number
  /** Since when the first of them is stuck. */
  since: Date
  cases: StuckCase[]
}

/** A case that needs attention, and the messages that unblock it. */
export interface StuckCase {
  caseId: string
  brandId: string
  title: string
  severity: Severity
  since: Date
  detail: string
  unblock: MessageName[]
}

/** How many takedowns a marketplace has not answered, and when the first of them was asked for. */
export interface TakedownQueue {
  marketplace: string
  waiting: number
  oldest: Date
}

/** The figures of one brand for whoever looks after it. */
export interface DeskFigures extends Answering, Pick<Figures, 'openByPhase' | 'overdue'> {}

/** Somebody whom mails do not reach, by the name of the recipient or the audience nobody of which could be told. */
export interface Undelivered {
  brandId: string
  contactId: string
  /** Why, the last time. */
  detail: string
  at: Date
  /** How many open cases they could not be told of. */
  cases: number
}

/** What a report is about: open cases as of `now`, and what happened in `[from, to)`. */
export interface StatsQuery {
  now: Date
  from: Date
  to: Date
  /** Tells the figures apart by brand or account manager, too. */
  groupBy?: 'brand' | 'accountManager'
}

/** How many deadlines passed without an answer, by whose they were. */
export type MissedCounts = Record<'brand' | 'accountManager' | 'lead', number>

/** Open cases of one phase by their age. */
export type OpenPhase = { phase: Phase } & Figures['openByAge']

/** Percentiles are exact over the latest 10 000 cases of the period; `n` says how many those were. */
export interface Figures {
  openByPhase: Partial<Record<Phase, number>>
  /** Open cases by age: under a day, 1–3 days, 3–7 days, older. */
  openByAge: {
    underOneDay: number
    oneToThreeDays: number
    threeToSevenDays: number
    older: number
  }
  /** Open cases whose deadline has passed. */
  overdue: number
  /** Those of them for which the service itself should have done something. */
  waitingForWorker: number
  opened: number
  decided: number
  removed: number
  missed: MissedCounts
  /** ms from opening to the standing decision, and to the removal. */
  timeToDecisionMs: Percentiles
  timeToTakedownMs: Percentiles
  decisionToRemovalMs: Percentiles
}

/** The figures of a report; `groups` by brand or account manager (`null`: none), most open first. */
export interface CaseStats extends Figures {
  from: Date
  to: Date
  /** Cases whose standing decision was given on this day of UTC. */
  decidedToday: number
  groups?: (Figures & { id: string | null })[]
}
