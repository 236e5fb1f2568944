import type { SilentStep } from '../../../domain/case/waiting/silent-run.js'
import { intervalsFrom } from '../../../domain/brand/working-time.js'
import type { WorkingTime } from '../../../domain/brand/working-intervals.js'

type Owner = 'brand' | 'accountManager' | 'lead'

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
  turns: (Stretch & { owner: Owner })[]
  /** When whoever is asked does not work. */
  rests: Stretch[]
}

/** Where the steps of a run stand on a line from its first to its last; `working`: when each works. */
export function layoutOf(
  steps: readonly SilentStep[],
  working: Readonly<Record<Owner, WorkingTime>>,
): TimelineLayout {
  const startMs = steps[0]?.at ?? 0
  const endMs = Math.max(startMs + 1, steps.at(-1)?.at ?? 0)
  const place = (atMs: number) => Math.min(1, Math.max(0, (atMs - startMs) / (endMs - startMs)))
  const asked = steps.flatMap((step) => (step.kind === 'asked' ? [step] : []))
  const turns = asked.map(({ at, owner }, index) => ({
    ...{ owner, fromMs: at, toMs: asked[index + 1]?.at ?? endMs },
  }))
  return {
    points: steps.map((step) => ({ at: place(step.at), step })),
    turns: turns.map(({ owner, fromMs, toMs }) => ({
      ...{ owner, from: place(fromMs), to: place(toMs) },
    })),
    rests: turns.flatMap(({ owner, fromMs, toMs }) =>
      restsIn(working[owner], fromMs, toMs).map(([from, to]) => ({
        ...{ from: place(from), to: place(to) },
      })),
    ),
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
