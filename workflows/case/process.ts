import type { SearchAttributeUpdatePair } from '@temporalio/common'
import { patched } from '@temporalio/workflow'
import { assumedSeverityHappenings, withKnownSeverity } from '../../domain/case/assumed-severity.js'
import { caseDetails } from '../../domain/case/details.js'
import { type CaseEvent, type Happening, happening } from '../../domain/case/events.js'
import { CASE_KIND } from '../../domain/case/kind.js'
import type { SightingAddedMessage } from '../../domain/case/message/sighting-added.js'
import { deadlineOf } from '../../domain/case/waiting/overdue.js'
import { type CaseState, unopenedCase } from '../../domain/case/state.js'
import { dueHappenings, nextDeadline } from '../../domain/case/waiting/due.js'
import { noticesFor } from '../../domain/notice/notices.js'
import { EventProcess } from '../event-process.js'
import type { ListingCaseInput } from '../messages.js'
import { SEARCH_ATTRIBUTES } from '../search-attributes.js'
import { openCase, saveCase, verifyRecord } from './activities.js'
import { goOnAsNew } from './next-run.js'
import { CaseTelling } from './notices.js'

/** One case in memory: what it adds to any recorded process. */
export class CaseProcess extends EventProcess<CaseState, CaseEvent> {
  /** Whether the takedown may have been sent, by this run or an earlier one. */
  mayHaveBeenSent = false
  /** Reports that came when the case had closed: they open the next case of the listing. */
  readonly nextReports: SightingAddedMessage[] = []
  readonly input: ListingCaseInput
  protected readonly retriedBy = 'retryTakedown'
  private readonly telling = new CaseTelling(this)

  constructor(input: ListingCaseInput) {
    const { caseId, sighting } = input
    const { brandId, listing } = sighting
    const unopened = unopenedCase({ caseId, brandId, marketplace: listing.marketplace }, Date.now())
    super(CASE_KIND, unopened, input)
    this.input = input
    this.showDetails()
  }

  /** Keeps a report for the next case of the listing; one that comes twice counts once. */
  keepForNext(report: SightingAddedMessage): void {
    const { sightingId } = report.sighting
    if (this.nextReports.some(({ sighting }) => sighting.sightingId === sightingId)) return
    this.nextReports.push(report)
  }

  get isNextAwaited(): boolean {
    return this.nextReports.length > 0
  }

  /** A case of an earlier version may have a severity that is none, with which no rule can work. */
  override mend(): void {
    const mended = assumedSeverityHappenings(this.state)
    // Asked only here, because a patch costs events; what such a case did before, it replays.
    if (mended.length > 0 && patched('severityMended')) this.dispatch(mended)
  }

  protected readRecord() {
    return openCase(this.input)
  }
  protected saveEvents(events: CaseEvent[]) {
    return saveCase(this.state, events)
  }
  verifyRecord() {
    return verifyRecord(this.state.caseId)
  }
  protected goOnAsNew() {
    return goOnAsNew(this.input, this.state.severity)
  }

  protected noted(text: string): Happening[] {
    return [happening('noteAdded', { text, audience: 'internal' })]
  }

  nextDeadline() {
    const { state } = this
    const deadline = nextDeadline(state)
    if (!deadline) return null
    const { at, kind } = deadline
    return { at, summary: `${kind}: ${state.wait?.owner ?? 'platform'} · ${state.brandId}` }
  }
  protected dueHappenings(state: CaseState, now: number) {
    return dueHappenings(state, now)
  }

  // An earlier run of this case may have got as far as the marketplace.
  protected override tookOver(): void {
    this.mayHaveBeenSent = this.state.takedown !== null
  }
  protected override opened(last: CaseEvent): void {
    this.telling.add(noticesFor(this.state, last))
  }
  protected override happened(event: CaseEvent): void {
    this.telling.add(noticesFor(this.state, event))
  }
  protected override tell(): void {
    this.telling.begin()
  }
  protected override get isTold(): boolean {
    return this.telling.isIdle
  }
  protected override finishTelling(): Promise<void> {
    return this.telling.finish()
  }

  protected details(): string {
    return caseDetails(withKnownSeverity(this.state))
  }
  protected attributes(): SearchAttributeUpdatePair[] {
    const { parties, severity, ending, phase } = this.state
    const dueAt = deadlineOf(this.state)
    return [
      { key: SEARCH_ATTRIBUTES.CasePhase, value: this.isTroubled ? 'needsAttention' : phase },
      { key: SEARCH_ATTRIBUTES.Severity, value: severity },
      { key: SEARCH_ATTRIBUTES.AccountManager, value: parties.accountManagerId },
      { key: SEARCH_ATTRIBUTES.DueAt, value: dueAt === null ? null : new Date(dueAt) },
      { key: SEARCH_ATTRIBUTES.CaseOutcome, value: ending?.outcome ?? null },
    ]
  }
}
