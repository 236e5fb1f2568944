import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow'

/** The one timer of a process, for its next deadline. */
export class DeadlineTimer {
  /** Instant of the armed timer; `null` when it has fired or none was armed. */
  private armedAt: number | null = null
  private timer: CancellationScope | null = null

  /**
   * Arms it for that instant (epoch ms). A timer for another instant is cancelled; one that is no
   * longer needed while something else is done is left to lapse, which saves an event.
   */
  arm({ at, summary }: { at: number; summary: string }): void {
    if (this.armedAt === at) return
    this.timer?.cancel()
    this.armedAt = at
    this.timer = new CancellationScope()
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

  get hasFired(): boolean {
    return this.armedAt === null
  }
}
