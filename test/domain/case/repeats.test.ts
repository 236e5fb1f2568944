import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { asyncDecisionHappenings, messageHappenings } from '../../../domain/case/handling.js'
import type { NamedMessage } from '../../../domain/case/messages.js'
import { refusalOf } from '../../../domain/case/refusing.js'
import {
  MAX_REQUESTS,
  requestIdOf,
  requestRepeat,
  requestsAfter,
} from '../../../domain/case/repeats.js'
import { as, askedCase, CASE_ID, confirmation } from './case-driver.js'

const caller = as('lead')
const note = (text: string, key: string): NamedMessage => ({
  name: 'addNote',
  message: { caseId: CASE_ID, caller, text, audience: 'internal' },
  requestId: requestIdOf(key, text),
})
const question = (overrides: object = {}) =>
  confirmation({ verdict: 'needInfo', question: 'which batch?', digest: 'aa', ...overrides })

describe('a request under a key that was used before', () => {
  it('is the same when it says the same, also after the case has closed', () => {
    const driven = askedCase()
    const first = note('one', 'k-1')
    driven.apply(messageHappenings(driven.state, first, driven.now))
    driven.send('closeManually', { caseId: CASE_ID, caller, reason: 'settled' })
    expect(driven.state.phase).toBe('closed')
    expect(refusalOf(driven.state, first, driven.now)).toBeNull()
    expect(messageHappenings(driven.state, first, driven.now)).toEqual([])
    expect(driven.state.notes).toBe(1)
  })

  it('is refused when it says something else', () => {
    const driven = askedCase()
    driven.apply(messageHappenings(driven.state, note('one', 'k-1'), driven.now))
    expect(refusalOf(driven.state, note('two', 'k-1'), driven.now)?.code).toBe('OtherContent')
    expect(refusalOf(driven.state, note('two', 'k-2'), driven.now)).toBeNull()
  })

  it('is known for a bounded number of requests, whatever the keys', () => {
    const keys = fc.array(fc.string({ maxLength: 3 }), {
      minLength: 1,
      maxLength: 3 * MAX_REQUESTS,
    })
    fc.assert(
      fc.property(keys, (given) => {
        const ids = given.map((key, n) => requestIdOf(`${key}${n}`, 'digest'))
        const requests = ids.reduce<string[]>(requestsAfter, [])
        expect(requests.length).toBeLessThanOrEqual(MAX_REQUESTS)
        for (const id of ids.slice(-MAX_REQUESTS)) {
          expect(requestRepeat({ requests }, id)).toBe('same')
        }
        const last = `${given.at(-1)}${given.length - 1}`
        expect(requestRepeat({ requests }, requestIdOf(last, 'else'))).toBe('other')
        expect(requestRepeat({ requests }, requestIdOf(`${last}#`, 'digest'))).toBeNull()
      }),
    )
  })
})

describe('a decision under an id that was used before', () => {
  it.each([
    ['another text', { digest: 'bb' }],
    ['another verdict, where no digest tells', { digest: undefined, verdict: 'counterfeit' }],
    ['another caller, where no digest tells', { digest: undefined, caller: as('brandAdmin') }],
  ])('is refused with %s', (_, other) => {
    const driven = askedCase()
    driven.send('decide', question())
    const message = question(other)
    if (message.digest === undefined) delete message.digest
    expect(driven.send('decide', message)?.code).toBe('OtherContent')
    expect(driven.state.answers).toHaveLength(1)
  })

  it('is the same answer when it says the same', () => {
    const driven = askedCase()
    driven.send('decide', question())
    expect(driven.send('decide', question({ bulk: true }))).toBeNull()
    expect(driven.state.answers).toHaveLength(1)
  })

  it('leaves one trace when nobody could refuse it', () => {
    const driven = askedCase()
    driven.send('decide', question())
    for (const digest of ['bb', 'bb', 'cc']) {
      driven.apply(asyncDecisionHappenings(driven.state, question({ digest }), driven.now))
    }
    expect(driven.state.answers.map(({ result, refusal }) => refusal ?? result)).toEqual([
      'handedOver',
      'OtherContent',
      'OtherContent',
    ])
  })
})
