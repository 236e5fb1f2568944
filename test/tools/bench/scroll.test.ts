import { describe, expect, it } from '@jest/globals'
import { frameWorkOf, type TraceEvent } from '../../../tools/bench/scroll/trace.js'

const PAGE = { pid: 7, tid: 1 }
const frame = (ms: number): TraceEvent => ({
  ...{ name: 'BeginMainThreadFrame', ph: 'I', ts: ms * 1_000 },
  ...PAGE,
})
const span = (name: string, fromMs: number, toMs: number, of = PAGE): TraceEvent => ({
  ...{ name, ph: 'X', ts: fromMs * 1_000, dur: (toMs - fromMs) * 1_000 },
  ...of,
})
const FRAMES = [frame(0), frame(16), frame(32)]

describe('what frames cost', () => {
  it.each([
    ['nothing', [], [0, 0]],
    ['script and the layout after it', [span('FunctionCall', 1, 4), span('Layout', 4, 6)], [5, 0]],
    [
      'a layout that a script asked for, once',
      [span('FunctionCall', 1, 6), span('Layout', 2, 5)],
      [5, 0],
    ],
    ['each frame its part of what goes on', [span('RunMicrotasks', 10, 20)], [6, 4]],
    ['not what is painted', [span('Paint', 1, 9)], [0, 0]],
    ['not what other threads do', [span('Layout', 1, 9, { pid: 7, tid: 2 })], [0, 0]],
    ['not what was before and after', [span('Layout', -9, 0), span('Layout', 32, 40)], [0, 0]],
  ])('is %s', (_, events, workMs) => {
    expect(frameWorkOf([...events, ...FRAMES]).workMs).toEqual(workMs)
  })

  it('is of the page that is in front, not of one with fewer frames', () => {
    const behind = { pid: 8, tid: 1 }
    const others = [frame(0), frame(16)].map((each) => ({ ...each, ...behind }))
    const events = [...others, span('Layout', 0, 16, behind), ...FRAMES]
    expect(frameWorkOf(events).workMs).toEqual([0, 0])
  })

  it('names the longest task while they were drawn', () => {
    const tasks = [span('RunTask', -200, -100), span('RunTask', 2, 30), span('RunTask', 30, 31)]
    expect(frameWorkOf([...FRAMES, ...tasks]).longestTaskMs).toBe(28)
  })

  it('cannot be told without frames', () => {
    expect(() => frameWorkOf([span('Layout', 0, 5)])).toThrow('the trace holds no frames')
  })
})
