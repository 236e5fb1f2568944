import { describe, expect, it } from '@jest/globals'
import { answeredInTime, isSilent } from '../../../domain/brand/answering.js'

describe('how a brand answers', () => {
  it.each([
    ['has had nothing to answer', { decided: 0, missed: 0, reminded: 0 }, false],
    ['answers everything in time', { decided: 9, missed: 0, reminded: 0 }, false],
    ['waits for its reminders now and then', { decided: 9, missed: 1, reminded: 2 }, false],
    ['has only been reminded', { decided: 0, missed: 0, reminded: 1 }, true],
    ['lets others decide', { decided: 5, missed: 5, reminded: 0 }, true],
    ['misses as much as it answers', { decided: 8, missed: 4, reminded: 0 }, false],
  ])('is judged: it %s', (_how, answering, silent) => {
    expect(isSilent(answering)).toBe(silent)
  })

  it('counts what was decided after a missed window as unanswered', () => {
    expect(answeredInTime({ decided: 7, missed: 3, reminded: 0 })).toBe(4)
    expect(answeredInTime({ decided: 1, missed: 3, reminded: 0 })).toBe(0)
  })
})
