import {
  CancellationScope,
  isCancellation,
  patched,
  setCurrentDetails,
  sleep,
  upsertMemo,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import { assumedSeverityHappenings, withKnownSeverity } from '../../domain/case/assumed-severity.js'
import { caseDetails } from '../../domain/case/details.js'
import { type CaseEvent, type Happening, happening } from '../../domain/case/events.js'
import type { SightingAddedMessage } from '../../domain/case/message/sighting-added.js'
import { type CaseState, unopenedCase } from '../../domain/case/state.js'
import { type RecordTrouble, troubleDetails } from '../../domain/record/conflict.js'
import { evolve } from '../../domain/case/evolve.js'
import { record } from '../../domain/case/kind.js'
import { deadlineOf } from '../../domain/case/overdue.js'
import { type Notice, noticesFor } from '../../domain/notice/notices.js'
import { firstWithin } from '../../domain/form/size.js'
import type { Deadline } from '../../domain/case/waiting.js'
import type { ListingCaseInput, RecordedCase } from '../messages.js'
import { SEARCH_ATTRIBUTES } from './search-attributes.js'

/** What follows from a message in a state of the case. */
type Message = (state: CaseState) => Happening[]

/** Temporal takes no payload above 2 MB; a single event is at most a quarter of that. */
const MAX_SAVED_BYTES = 500_000

/** One case in memory: its state, what is not saved yet, and what Temporal shows of it. */
export class CaseProcess {
  state: CaseState
  /** Instant of the armed timer; `null` when it has fired or none was armed. */
  private armedAt: number | null = null
  private timer: CancellationScope | null = null
  private unsaved: CaseEvent[] = []
  /** Messages behind `unsaved`, with the revision each led to. */
  private accepted: { rev: number; message: Message }[] = []
  private untold: Notice[] = []
  private shownAttributes = ''
  private trouble: RecordTrouble | null = null
  /** How often somebody asked to try again what keeps the case from going on. */
  timesAsked = 0
  /** Reports that came when the case had closed: they open the next case of the listing. */
  readonly nextReports: SightingAddedMessage[] = []

  readonly input: ListingCaseInput

  constructor(input: ListingCaseInput) {
    this.input = input
    this.state = this.unopened()
    setCurrentDetails(caseDetails(this.state))
  }

  private unopened(): CaseState {
    const { sighting, caseId } = this.input
    const { brandId, listing } = sighting
    return unopenedCase({ caseId, brandId, marketplace: listing.marketplace }, Date.now())
  }

  /** Takes over what `openCase` saved, or the record of the run this one goes on from. */
  resume({ events, before = this.state }: RecordedCase): void {
    this.state = events.reduce(evolve, before)
    const { continued } = this.input
    const last = events.at(-1)
    if (continued === undefined) {
      if (last) this.untold = noticesFor(this.state, last)
    } else if (continued !== null) {
      this.note(continued)
    }
    this.showDetails()
  }

  /**
   * Goes on from the record, which holds other events than this run would write: it was reset.
   * What was accepted from somebody meanwhile is applied to the case as it really stands.
   */
  startOver({ events, before = this.unopened() }: RecordedCase): void {
    const { accepted } = this
    this.state = events.reduce(evolve, before)
    this.unsaved = []
    this.accepted = []
    this.note('the workflow was reset; the case goes on from its record')
    for (const { message } of accepted) this.accept(message)
    this.showDetails()
  }

  private note(text: string): void {
    if (this.state.phase === 'closed') return
    this.dispatch([happening('noteAdded', { text, audience: 'internal' })])
  }

  /** Applies a message, and remembers it until what follows from it is saved. */
  accept(message: Message): void {
    this.apply(message)
    this.accepted.push({ rev: this.state.rev, message })
  }

  /** Keeps a report for the next case of the listing; one that comes twice counts once. */
  keepForNext(report: SightingAddedMessage): void {
    const { sightingId } = report.sighting
    if (this.nextReports.some(({ sighting }) => sighting.sightingId === sightingId)) return
    this.nextReports.push(report)
  }

  /** Records what follows from something in the present state of the case. */
  apply(rule: Message): void {
    this.mendSeverity()
    this.dispatch(rule(this.state))
  }

  /** A case of an earlier version may have a severity that is none, with which no rule can work. */
  mendSeverity(): void {
    const mended = assumedSeverityHappenings(this.state)
    // Asked only here, because a patch costs events; what such a case did before, it replays.
    if (mended.length > 0 && patched('severityMended')) this.dispatch(mended)
  }

  /** Records what happened: numbered, applied, to be saved and told. */
  dispatch(happenings: readonly Happening[]): void {
    if (happenings.length === 0) return
    const { state, events } = record(this.state, happenings, Date.now())
    this.state = state
    this.unsaved.push(...events)
    for (const event of events) this.untold.push(...noticesFor(state, event))
    this.showDetails()
  }

  /** Shows what keeps the case from going on, or, with `null`, that nothing does any more. */
  showTrouble(shown: Omit<RecordTrouble, 'since'> | null): void {
    const { trouble } = this
    if (shown?.kind === trouble?.kind && shown?.detail === trouble?.detail) return
    this.trouble = shown && { since: trouble?.since ?? Date.now(), ...shown }
    this.showDetails()
    // Before a case is open nothing is known of it but what it was started with.
    const isOpening = this.state.phase === 'opening'
    if (!isOpening) this.showSearchAttributes()
    if (!patched('troubleShown')) return
    upsertMemo({ trouble: shown?.detail ?? null })
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.Trouble, value: shown?.kind ?? null },
      ...(isOpening ? [{ key: SEARCH_ATTRIBUTES.CasePhase, value: 'needsAttention' }] : []),
    ])
  }

  /** What keeps the case from going on, if anything does. */
  get isTroubled(): boolean {
    return this.trouble !== null
  }

  private showDetails(): void {
    const { caseId } = this.state
    const known = withKnownSeverity(this.state)
    setCurrentDetails(this.trouble ? troubleDetails(caseId, this.trouble) : caseDetails(known))
  }

  get isSaved(): boolean {
    return this.unsaved.length === 0
  }

  /** The events to save now, as many as one payload holds. They stay unsaved until `saved` says so. */
  toSave(): CaseEvent[] {
    const part = firstWithin(this.unsaved, MAX_SAVED_BYTES)
    const isAll = part.length === this.unsaved.length
    return isAll || patched('savedInParts') ? part : [...this.unsaved]
  }

  saved(rev: number): void {
    this.unsaved = this.unsaved.filter((event) => event.seq > rev)
    this.accepted = this.accepted.filter((message) => message.rev > rev)
  }

  takeNotices(): Notice[] {
    const notices = this.untold
    this.untold = []
    return notices
  }

  /** One batched upsert when something a manager filters by has changed. */
  showSearchAttributes(): void {
    const { parties, severity, ending } = this.state
    const phase = this.trouble ? 'needsAttention' : this.state.phase
    const dueAt = deadlineOf(this.state)
    const shown = [phase, parties.accountManagerId, dueAt, severity, ending?.outcome].join('|')
    if (shown === this.shownAttributes) return
    this.shownAttributes = shown
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.CasePhase, value: phase },
      { key: SEARCH_ATTRIBUTES.Severity, value: severity },
      { key: SEARCH_ATTRIBUTES.AccountManager, value: parties.accountManagerId },
      { key: SEARCH_ATTRIBUTES.DueAt, value: dueAt === null ? null : new Date(dueAt) },
      { key: SEARCH_ATTRIBUTES.CaseOutcome, value: ending?.outcome ?? null },
    ])
  }

  /**
   * Arms the timer for `deadline`. A timer for another instant is cancelled; one that is no longer
   * needed while a takedown is under way is left to the end of the case, which saves an event.
   */
  arm(deadline: Deadline): void {
    if (this.armedAt === deadline.at) return
    this.timer?.cancel()
    this.armedAt = deadline.at
    this.timer = new CancellationScope()
    const { at, kind } = deadline
    const summary = `${kind}: ${this.state.wait?.owner ?? 'platform'} · ${this.state.brandId}`
    this.timer
      .run(() => sleep(Math.max(1, at - Date.now()), { summary }))
      .then(
        () => {
          if (this.armedAt === at) this.armedAt = null
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error
        },
      )
  }

  get timerHasFired(): boolean {
    return this.armedAt === null
  }
}
