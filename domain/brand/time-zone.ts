import type { WorkingIntervals } from './working-intervals.js'

const DAY_MS = 86_400_000
const YEARS_AHEAD = 10

/** The longest time within which no zone changes its clocks twice. */
const STEP_MS = 7 * DAY_MS
/** Of each zone what was asked last: as many as there are zones, each of one year. */
const ZONES = new Map<string, { year: number; offsets: WorkingIntervals['offsets'] }>()

/**
 * What the zone's clocks are ahead of UTC from shortly before `fromMs` on, for ten years. Uses the
 * time-zone tables of the runtime: call it from activities, never from a workflow.
 */
export function offsetsFrom(timeZone: string, fromMs: number): WorkingIntervals['offsets'] {
  const year = new Date(fromMs).getUTCFullYear()
  const known = ZONES.get(timeZone)
  // Looking through ten years takes longer than everything else about opening a case.
  const offsets = known?.year === year ? known.offsets : readOffsets(timeZone, year)
  ZONES.set(timeZone, { year, offsets })
  const first = offsets.findLastIndex(([at]) => at <= fromMs - 2 * DAY_MS)
  return offsets.slice(Math.max(0, first))
}

function readOffsets(timeZone: string, year: number): WorkingIntervals['offsets'] {
  const wallAt = wallClock(timeZone)
  const offsetAt = (atMs: number) => wallAt(atMs) - Math.floor(atMs / 1000) * 1000
  const startMs = Date.UTC(year, 0, 1) - STEP_MS
  const endMs = Date.UTC(year + YEARS_AHEAD + 1, 0, 1)
  const offsets: [number, number][] = [[startMs, offsetAt(startMs)]]
  for (let atMs = startMs; atMs < endMs; atMs += STEP_MS) {
    const [beforeMs, afterMs] = [offsetAt(atMs), offsetAt(atMs + STEP_MS)]
    if (beforeMs === afterMs) continue
    let [unchangedMs, changedMs] = [atMs, atMs + STEP_MS]
    while (changedMs - unchangedMs > 1_000) {
      const middleMs = Math.floor((unchangedMs + changedMs) / 2_000) * 1_000
      if (offsetAt(middleMs) === beforeMs) unchangedMs = middleMs
      else changedMs = middleMs
    }
    offsets.push([changedMs, afterMs])
  }
  return offsets
}

/** Shows an instant as the time on the zone's clocks, written as if it were UTC, in whole seconds. */
type WallClock = (atMs: number) => number

// Making a formatter takes longer than using it a hundred times.
function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (atMs) => {
    const parts = format.formatToParts(atMs)
    const value = (type: string) => Number(parts.find((p) => p.type === type)?.value)
    return Date.UTC(
      value('year'),
      value('month') - 1,
      value('day'),
      value('hour'),
      value('minute'),
      value('second'),
    )
  }
}
