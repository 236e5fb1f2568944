import { describe, expect, it } from '@jest/globals'
import { idOf, recordOn, replay, UnknownEvent } from '../../../domain/record/record.js'
import {
  asked,
  noted,
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
  unasked,
} from '../../processes/question/question.js'

const ID = 'question~topic~1'
const ASKED = asked({
  ...{ brandId: 'northwind', marketplace: 'taobao', text: 'Yours?', remindAt: 1, dueAt: 2 },
})
const recorded = (...now: number[]) =>
  now.reduce<{ state: QuestionState; events: QuestionEvent[] }>(
    (before, at, index) => {
      const what = index === 0 ? ASKED : noted(`n${index}`)
      const after = recordOn<QuestionState, QuestionEvent>(QUESTION_KIND, before.state, [what], at)
      return { state: after.state, events: [...before.events, ...after.events] }
    },
    { state: unasked(ID, now[0] ?? 0), events: [] },
  )

describe('a record', () => {
  it('is numbered without gaps, and its instants never decrease', () => {
    const { state, events } = recorded(1_000, 400, 2_000)
    expect(events.map(({ seq, at }) => [seq, at])).toEqual([
      [1, 1_000],
      [2, 1_000],
      [3, 2_000],
    ])
    expect(state).toMatchObject({ rev: 3, updatedAt: 2_000, notes: ['n1', 'n2'] })
    expect(idOf(QUESTION_KIND, state)).toBe(ID)
  })

  it('replayed leads to the same state', () => {
    const { state, events } = recorded(1_000, 2_000, 3_000)
    expect(replay<QuestionState, QuestionEvent>(QUESTION_KIND, ID, events)).toEqual(state)
  })

  it('is none that begins with another event, or has one nobody knows', () => {
    const { events } = recorded(1_000, 2_000)
    const again = (given: QuestionEvent[]) => () =>
      replay<QuestionState, QuestionEvent>(QUESTION_KIND, ID, given)
    expect(again(events.slice(1))).toThrow(`question ${ID}: the first event is not "asked"`)
    const later = { ...events[1], type: 'forwarded' } as unknown as QuestionEvent
    expect(again([...events.slice(0, 1), later])).toThrow(UnknownEvent)
  })
})
