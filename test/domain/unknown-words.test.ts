import { describe, expect, it } from '@jest/globals'
import type { CaseEvent } from '../../domain/case/events.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { evolve } from '../../domain/case/evolve.js'
import { rebuild } from '../../domain/case/kind.js'
import { UnknownEvent } from '../../domain/record/record.js'
import { asyncDecisionHappenings } from '../../domain/case/handling.js'
import { askedCase, CASE_ID, confirmation } from './case/case-driver.js'

describe('a word that is in no list', () => {
  it('as a verdict releases nothing, also where no form was asked', () => {
    const { state, now } = askedCase()
    const message = { ...confirmation(), verdict: 'guilty' } as unknown as DecideMessage
    expect(asyncDecisionHappenings(state, message, now)).toMatchObject([
      { type: 'decisionRefused', data: { code: 'InvalidMessage' } },
    ])
  })

  it.each(['reopened', 'toString', ''])(
    'as the type of an event %j stops, and loses nothing',
    (type) => {
      const { state, events } = askedCase()
      const later = { ...events[0], seq: 3, type } as unknown as CaseEvent
      expect(() => evolve(state, later)).toThrow(UnknownEvent)
      expect(() => rebuild(CASE_ID, [...events, later])).toThrow(/later version.*run that one/)
    },
  )
})
