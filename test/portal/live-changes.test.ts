import { describe, expect, it } from '@jest/globals'
import { changesOf } from '../../portal/data/live-changes.js'

const shown = new Map([
  ['a', 3],
  ['b', 7],
])

describe('what is read again because of what a stream tells', () => {
  it.each([
    [[{ caseId: 'a', rev: 4 }], { changed: ['a'], hasNew: false }],
    [[{ caseId: 'a', rev: 3 }], { changed: [], hasNew: false }],
    [[{ caseId: 'b', rev: null }], { changed: ['b'], hasNew: false }],
    [[{ caseId: 'c', rev: 1 }], { changed: [], hasNew: true }],
    [
      [
        { caseId: 'a', rev: 4 },
        { caseId: 'a', rev: 5 },
        { caseId: 'c', rev: 1 },
      ],
      { changed: ['a'], hasNew: true },
    ],
  ])('%j: %j', (told, expected) => {
    expect(changesOf(told, shown)).toEqual(expected)
  })
})
