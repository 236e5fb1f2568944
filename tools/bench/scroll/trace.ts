/** An event of Chromium's trace format; `ts` and `dur` in microseconds. */
export interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
}

/** What the main thread of a page did, frame by frame. */
export interface FrameWork {
  /** Script, styles and layout of each frame. */
  workMs: number[]
  /** The longest piece of work that nothing could interrupt, whatever it was. */
  longestTaskMs: number
}

const FRAME = 'BeginMainThreadFrame'
const TASK = 'RunTask'
const SCRIPT_AND_LAYOUT: ReadonlySet<string> = new Set([
  ...['FunctionCall', 'EvaluateScript', 'FireAnimationFrame', 'FireIdleCallback', 'EventDispatch'],
  ...['TimerFire', 'RunMicrotasks', 'v8.callFunction', 'MinorGC', 'MajorGC'],
  ...['UpdateLayoutTree', 'Layout'],
])

interface Span {
  from: number
  to: number
}

/**
 * What each frame between the first and the last cost the thread that draws the page. Work within
 * other work (a layout that a script asked for) counts once. Throws where there are no frames.
 */
export function frameWorkOf(events: readonly TraceEvent[]): FrameWork {
  const main = drawingThread(events)
  const mine = events.filter(({ pid, tid }) => pid === main.pid && tid === main.tid)
  const starts = mine
    .filter(({ name }) => name === FRAME)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b)
  const [first = 0] = starts
  const last = starts.at(-1) ?? 0
  const work = merged(mine.filter(({ name }) => SCRIPT_AND_LAYOUT.has(name)).map(spanOf))
  const tasks = mine.filter(({ name, ts }) => name === TASK && ts >= first && ts <= last)
  return {
    workMs: starts.slice(1).map((to, index) => within(work, starts[index] ?? to, to) / 1_000),
    longestTaskMs: Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1_000)),
  }
}

/** A browser has several threads of pages; one page is in front and has nearly all frames. */
function drawingThread(events: readonly TraceEvent[]): { pid: number; tid: number } {
  const counts = new Map<string, { pid: number; tid: number; frames: number }>()
  for (const { name, pid, tid } of events) {
    if (name !== FRAME) continue
    const key = `${pid} ${tid}`
    const before = counts.get(key)?.frames ?? 0
    counts.set(key, { pid, tid, frames: before + 1 })
  }
  const [most] = [...counts.values()].sort((a, b) => b.frames - a.frames)
  if (!most || most.frames < 2) throw new Error('the trace holds no frames')
  return most
}

function spanOf({ ts, dur = 0 }: TraceEvent): Span {
  return { from: ts, to: ts + dur }
}

/** The same time as spans that neither touch nor overlap, in order. */
function merged(spans: readonly Span[]): Span[] {
  const apart: Span[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const before = apart.at(-1)
    if (before && from <= before.to) before.to = Math.max(before.to, to)
    else apart.push({ from, to })
  }
  return apart
}

function within(spans: readonly Span[], from: number, to: number): number {
  return spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)),
    0,
  )
}
