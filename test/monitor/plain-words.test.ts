import { describe, expect, it } from '@jest/globals'
import { standingOf, wordsOf } from '../../monitor/plain-words.js'
import { sampleCases } from '../builders/sample-cases.js'

describe('what the monitor says to people', () => {
  it.each([
    ['1_red', '1 of 5 (red)'],
    ['4_light_green', '4 of 5 (light green)'],
    ['5_green', '5 of 5 (green)'],
    ['98.7 % positive', '98.7 % positive'],
    ['6_blue', '6_blue'],
  ])('has the standing %s as %s', (code, words) => {
    expect(standingOf(code)).toBe(words)
  })

  it.each([
    ['safetyMark', 'safety mark'],
    ['expiredOrShortDated', 'expired or short dated'],
    ['model', 'model'],
  ])('has the field %s as %s', (name, words) => {
    expect(wordsOf(name)).toBe(words)
  })

  it('holds no code or name of a field, in any case that the samples make', () => {
    const said = sampleCases().flatMap(({ state }) => [
      ...state.signals.map(({ observed }) => observed),
      state.listing?.seller.reputation ?? '',
    ])
    expect(said.length).toBeGreaterThan(150)
    expect(said.filter((text) => /\d_[a-z]|[a-z][A-Z]|; \w+: /.test(text))).toEqual([])
  })
})
