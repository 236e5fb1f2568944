import type { SilentStep } from '../../../domain/case/waiting/silent-run.js'
import { intervalsFrom } from '../../../domain/brand/working-time.js'
import type { WorkingTime } from '../../../domain/brand/working-intervals.js'

/** A stretch of a drawn timeline, from and to as parts of its length. */
export interface Stretch {
  from: number
  to: number
}

/** What is drawn of what happens to a case by itself. */
export interface TimelineLayout {
  /** Each step, where it stands. */
  points: { at: number; step: SilentStep }[]
  /** Whose turn it is from one step to another. */
  turns: (Stretch & { owner: 'brand' | 'accountManager' | 'lead' })[]
  /** When nobody works. */
  rests: Stretch[]
}

/** Where the steps of a run stand on a line from its first to its last; `working`: the brand's. */
export function layoutOf(steps: readonly SilentStep[], working: WorkingTime): TimelineLayout {
  const startMs = steps[0]?.at ?? 0
  const endMs = Math.max(startMs + 1, steps.at(-1)?.at ?? 0)
  const place = (atMs: number) => Math.min(1, Math.max(0, (atMs - startMs) / (endMs - startMs)))
  const asked = steps.flatMap((step) => (step.kind === 'asked' ? [step] : []))
  return {
    points: steps.map((step) => ({ at: place(step.at), step })),
    turns: asked.map(({ at, owner }, index) => ({
      ...{ owner, from: place(at), to: place(asked[index + 1]?.at ?? endMs) },
    })),
    rests: restsIn(working, startMs, endMs).map(([from, to]) => ({
      ...{ from: place(from), to: place(to) },
    })),
  }
}

function restsIn(working: WorkingTime, startMs: number, endMs: number): [number, number][] {
  const rests: [number, number][] = []
  let freeSince = startMs
  for (const [fromMs, toMs] of intervalsFrom(working, startMs)) {
    if (fromMs > freeSince) rests.push([freeSince, Math.min(fromMs, endMs)])
    freeSince = toMs
    if (toMs >= endMs) break
  }
  return rests
}
