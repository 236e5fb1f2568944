import { CancellationScope, condition, isCancellation, log, patched } from '@temporalio/workflow'
import {
  noticeFailedHappenings,
  type NoticeFailedMessage,
} from '../../domain/notice/unreachable.js'
import type { Notice } from '../../domain/notice/notices.js'
import type { Happening } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import { notify, undelivered } from './activities.js'
import { startTelling } from './start-telling.js'

/** How long a case that has closed goes on telling; what takes longer is told without it. */
const ENDED_CASE_TELLS = '30s'

interface Effort {
  scope: CancellationScope
  /** Begun when the case had closed, and so limited in time. */
  isOfEnd: boolean
}

/** The case that tells. */
interface TellingCase {
  readonly state: CaseState
  /** A report waits for it to end. */
  readonly isNextAwaited: boolean
  apply(rule: (state: CaseState) => Happening[]): void
}

/**
 * What a case tells, beside its main path. While it is open, what could not be told becomes part of
 * its record. It never holds up the listing's next case: what is still untold soon after the end
 * goes on in a workflow of its own, `telling`.
 */
export class CaseTelling {
  private readonly underWay = new Set<Effort>()
  private readonly left: Notice[] = []
  private untold: Notice[] = []
  private readonly of: TellingCase

  constructor(of: TellingCase) {
    this.of = of
  }

  /** Has notices told when telling begins the next time. */
  add(notices: readonly Notice[]): void {
    this.untold.push(...notices)
  }

  get isIdle(): boolean {
    return this.underWay.size === 0
  }

  /** Begins to tell what has become known since. */
  begin(): void {
    const notices = this.untold
    this.untold = []
    if (notices.length === 0) return
    const isOfEnd = this.of.state.phase === 'closed'
    const effort: Effort = { scope: new CancellationScope(), isOfEnd }
    this.underWay.add(effort)
    void effort.scope
      .run(() => this.tell(notices, isOfEnd))
      .finally(() => this.underWay.delete(effort))
  }

  /** For a case that has closed: resolves soon, with everything told or handed over. */
  async finish(): Promise<void> {
    const isAwaited = () => this.of.isNextAwaited
    const fromBefore = () => [...this.underWay].filter(({ isOfEnd }) => !isOfEnd)
    if (fromBefore().length > 0 && patched('tellsApart')) {
      await condition(() => fromBefore().length === 0 || isAwaited(), ENDED_CASE_TELLS)
      for (const { scope } of fromBefore()) scope.cancel()
    }
    await condition(() => this.isIdle || isAwaited())
    for (const { scope } of this.underWay) scope.cancel()
    await condition(() => this.isIdle)
    await this.handOver()
  }

  private async tell(notices: Notice[], isOfEnd: boolean): Promise<void> {
    try {
      const limit = isOfEnd ? { scheduleToCloseTimeout: ENDED_CASE_TELLS } : {}
      this.note(await notify(this.of.state, notices, limit))
    } catch (error) {
      if (isCancellation(error) || (isOfEnd && patched('tellsApart'))) this.left.push(...notices)
      else this.note(undelivered(notices, error))
    }
  }

  private note(failures: readonly NoticeFailedMessage[]): void {
    for (const failure of failures) {
      log.warn('a notice could not be delivered', { ...failure })
      this.of.apply((state) => noticeFailedHappenings(state, failure, Date.now()))
    }
  }

  private async handOver(): Promise<void> {
    const notices = this.left.splice(0)
    if (notices.length === 0) return
    const { caseId, rev, severity, brandId } = this.of.state
    const summary = `what ${caseId} had not told when it closed`
    await startTelling({ caseId, severity, brandId, notices }, rev, summary)
  }
}
