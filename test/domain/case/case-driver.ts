import { type Calendar, workingIntervals } from '../../../domain/brand/calendar.js'
import type { CaseEvent, Happening } from '../../../domain/case/events.js'
import type { CaseEventType, MessageName, Role, Severity } from '../../../domain/vocabulary.js'
import type { Caller } from '../../../domain/case/message/caller.js'
import type { CaseMessages, NamedMessage } from '../../../domain/case/messages.js'
import type { DecideMessage } from '../../../domain/case/message/decide-message.js'
import {
  noticeFailedHappenings,
  type NoticeFailedMessage,
} from '../../../domain/notice/unreachable.js'
import type { Refusal } from '../../../domain/case/message/reply.js'
import { type CaseState, unopenedCase } from '../../../domain/case/state.js'
import { evolve } from '../../../domain/case/evolve.js'
import { record } from '../../../domain/case/kind.js'
import { messageHappenings } from '../../../domain/case/handling.js'
import { refusalOf } from '../../../domain/case/refusing.js'
import { caseIdOf, workflowIdOf } from '../../../domain/case/identity.js'
import type { Sighting, Signal } from '../../../domain/listing/listing.js'
import { type Notice, noticesFor } from '../../../domain/notice/notices.js'
import { type OpeningFacts, openingEvents } from '../../../domain/case/opening.js'
import type { BrandPolicy, PolicySnapshot } from '../../../domain/brand/policy.js'
import { newOwnerOf, workingTimeHappenings } from '../../../domain/case/waiting/new-owner.js'
import { type RestorationAnswer, restorationHappenings } from '../../../domain/case/restoring.js'
import { effortHappenings, lookUpHappenings } from '../../../domain/case/stopping.js'
import type { TakedownLookup, TakedownResult } from '../../../domain/case/taking-down.js'
import { snapshotHash } from '../../../domain/case/shown.js'
import { dueHappenings, nextDeadline } from '../../../domain/case/waiting/due.js'
import {
  buildCaller,
  buildDecision,
  buildParties,
  buildPolicySnapshot,
  MONDAY_MS,
  MONITOR,
} from '../../builders/case.js'
import { buildSighting } from '../../builders/sighting.js'

const BRAND_ID = 'northwind'
const MARKETPLACE = 'taobao'
export const CASE_ID = caseIdOf(
  workflowIdOf({ marketplace: MARKETPLACE, listingKey: 'item-1', brandId: BRAND_ID }),
  'k3v9x0q2m7',
)

/** A closed case of the same listing. */
export const EARLIER_CASE_ID = CASE_ID.replace(/.$/, '6')

const OFFICE_WEEKS = buildPolicySnapshot().workingTime

/** A sighting of the driven case's listing; the same every time. */
export function itemSighting(over: Partial<Omit<Sighting, 'listing'>> = {}): Sighting {
  return buildSighting({ sightingId: 's-1', listing: { listingId: 'item-1' }, ...over })
}

/** A caller of that role who may see the driven case. */
export function as(role: Role, over: Partial<Caller> = {}): Caller {
  const isBrand = role === 'brandMember' || role === 'brandAdmin'
  return buildCaller({ role, id: `${role}-1`, brandIds: isBrand ? [BRAND_ID] : '*', ...over })
}

/** The brand's confirmation of the driven case. */
export function confirmation(over: Partial<DecideMessage> = {}): DecideMessage {
  const shownHash = snapshotHash(itemSighting().listing)
  return buildDecision({ caseId: CASE_ID, decisionId: 'd-1', shownHash, ...over })
}

/** An answer without the brand's good-faith statement. */
export function answer(over: Partial<DecideMessage>): DecideMessage {
  const { attestation: _none, ...rest } = confirmation(over)
  return rest
}

/** `policy` as a case carries it whose owners all have `calendar`. */
export function snapshotOf(policy: BrandPolicy, calendar?: Calendar): PolicySnapshot {
  if (!calendar) return buildPolicySnapshot({ ...policy, workingTime: OFFICE_WEEKS })
  const intervals = workingIntervals(calendar, MONDAY_MS)
  const workingTime = { brand: intervals, accountManager: intervals, lead: intervals }
  return buildPolicySnapshot({ ...policy, workingTime })
}

/** A case driven by the rules alone: the part of the workflow, without Temporal. */
export class CaseDriver {
  state: CaseState
  now: number
  readonly events: CaseEvent[] = []
  readonly notices: Notice[] = []

  constructor(facts: OpeningFacts, given: Sighting, at = MONDAY_MS) {
    this.now = at
    const opening = openingEvents({ caseId: CASE_ID, sighting: given, by: MONITOR }, facts, at)
    const id = { caseId: CASE_ID, brandId: BRAND_ID, marketplace: MARKETPLACE }
    this.state = opening.reduce(evolve, unopenedCase(id, at))
    this.keep(opening)
  }

  /** Applies what happened, as of now; returns the events it became. */
  apply(happenings: readonly Happening[]): CaseEvent[] {
    const { state, events } = record(this.state, happenings, this.now)
    this.state = state
    this.keep(events)
    return events
  }

  /** Sends a message. Returns why it was refused, or `null` when it was applied. */
  send<N extends MessageName>(name: N, message: CaseMessages[N]): Refusal | null {
    const named = { name, message } as NamedMessage
    const refusal = refusalOf(this.state, named, this.now)
    if (!refusal) this.apply(messageHappenings(this.state, named, this.now))
    return refusal
  }

  /** The marketplace's answer to the takedown in flight. */
  marketplaceSays(result: TakedownResult): this {
    this.apply(effortHappenings(this.state, result, this.now))
    return this
  }

  /** How an effort to put the listing back ended. */
  puttingBackEnds(answer: RestorationAnswer): this {
    this.apply(restorationHappenings(this.state, answer, this.now))
    return this
  }

  /** What the marketplace says of a takedown that is being stopped. */
  lookUpSays(found: TakedownLookup): this {
    this.apply(lookUpHappenings(this.state, found, this.now))
    return this
  }

  /** It becomes known when whoever the case was given to works; `null` = nobody knows them. */
  calendarSays(calendar: Calendar | null): this {
    const owner = newOwnerOf(this.state)
    const working = calendar && workingIntervals(calendar, MONDAY_MS)
    if (owner) this.apply(workingTimeHappenings(this.state, owner, working, this.now))
    return this
  }

  /** What follows from what is due now; a look-up finds nobody. */
  private meet(): void {
    const isLookUp = nextDeadline(this.state)?.kind === 'lookUp'
    if (isLookUp) this.lookUpSays({ kind: 'failed', message: 'no answer' })
    else this.apply(dueHappenings(this.state, this.now))
  }

  /** A notice did not arrive. */
  noticeFails(message: NoticeFailedMessage): this {
    this.apply(noticeFailedHappenings(this.state, message, this.now))
    return this
  }

  /** Lets time pass until `at`, with every deadline met at its own instant. */
  runUntil(at: number): this {
    for (let due = nextDeadline(this.state); due && due.at <= at; due = nextDeadline(this.state)) {
      this.now = Math.max(this.now, due.at)
      this.meet()
    }
    this.now = at
    return this
  }

  /** Runs to the next deadline and meets it, `times` times. */
  runToDeadline(times = 1): this {
    for (let i = 0; i < times; i++) {
      const due = nextDeadline(this.state)
      if (!due) throw new Error(`a case in phase ${this.state.phase} has no deadline`)
      this.runUntil(due.at)
    }
    return this
  }

  /** Nothing ran until `at`; what is overdue then is met at once. */
  wakeUpAt(at: number): this {
    this.now = at
    for (let due = nextDeadline(this.state); due && due.at <= at; due = nextDeadline(this.state)) {
      this.meet()
    }
    return this
  }

  /** What happened after the opening, a line each, with UTC instants. */
  get timeline(): string[] {
    return this.events.slice(2).map((e) => `${new Date(e.at).toISOString()} ${labelOf(e)}`)
  }

  /** Types of the events after the opening. */
  get happened(): CaseEventType[] {
    return this.events.slice(2).map((e) => e.type)
  }

  private keep(events: readonly CaseEvent[]): void {
    this.events.push(...events)
    for (const event of events) this.notices.push(...noticesFor(this.state, event))
  }
}

export interface AskedOptions {
  severity?: Severity
  policy?: PolicySnapshot
  contactIds?: string[]
  signals?: Signal[]
  reporter?: string
}

/** A case whose brand was asked on Monday, 2 March 2026, 08:00 UTC. */
export function askedCase(options: AskedOptions = {}): CaseDriver {
  const { severity = 'S3', policy, contactIds, signals, reporter } = options
  const facts: OpeningFacts = {
    kind: 'ask',
    parties: buildParties(contactIds ? { contactIds } : {}),
    policy: policy ?? buildPolicySnapshot(),
    previousCaseId: null,
  }
  const given = itemSighting({
    suspectedSeverity: severity,
    ...(signals ? { signals } : {}),
    ...(reporter === undefined ? {} : { reporter }),
  })
  return new CaseDriver(facts, given)
}

function labelOf(event: CaseEvent): string {
  switch (event.type) {
    case 'reminderSent':
      return `reminder ${event.data.number} to ${event.data.owner}`
    case 'escalated':
      return `escalated to ${event.data.to} (${event.data.cause})`
    case 'attentionNeeded':
      return `attention (${event.data.attention.reason})`
    case 'closed':
      return `closed ${event.data.ending.outcome}`
    default:
      return event.type
  }
}
