import { describe, expect, it } from '@jest/globals'
import { SYSTEM } from '../../../domain/case/events.js'
import {
  type AnswerMessage,
  answerHappenings,
  answerRefusal,
  questionDeadline,
  questionDue,
  untoldHappenings,
} from '../../../domain/question/answering.js'
import {
  type Asked,
  brandOfQuestion,
  NO_MARKETPLACE,
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionHappening,
  questionIdOf,
  type QuestionState,
  unasked,
} from '../../../domain/question/question.js'
import { recordOn } from '../../../domain/record/record.js'
import { buildCaller } from '../../builders/case.js'

const ID = questionIdOf('northwind', 'abcdefghijklm2345678')
const asked = (overrides: Partial<Asked> = {}): QuestionState =>
  after(unasked(ID, 1_000), [
    {
      type: 'asked',
      by: { role: 'brandMember', id: 'mei-lin', via: 'portal' },
      data: {
        ...{ brandId: 'northwind', marketplace: NO_MARKETPLACE, caseId: null, text: 'When?' },
        ...{ accountManagerId: 'ana-souza', leadId: 'li-wei', dueAt: 5_000 },
        ...overrides,
      },
    },
  ])
function after(state: QuestionState, happenings: QuestionHappening[]): QuestionState {
  return recordOn<QuestionState, QuestionEvent>(QUESTION_KIND, state, happenings, 2_000).state
}
const message = (overrides: Partial<AnswerMessage> = {}): AnswerMessage => ({
  questionId: ID,
  caller: buildCaller({ role: 'accountManager', id: 'ana-souza', brandIds: '*' }),
  text: 'Tomorrow.',
  ...overrides,
})

describe('a question', () => {
  it('is with the account manager until its deadline, then with the lead for good', () => {
    const state = asked()
    expect(questionDeadline(state)?.at).toBe(5_000)
    expect(questionDue(state, 4_999)).toEqual([])
    const passed = after(state, questionDue(state, 5_000))
    expect(passed).toMatchObject({ phase: 'awaitingLead', dueAt: null })
    expect(questionDeadline(passed)).toBeNull()
    expect(questionDue(passed, 9_000)).toEqual([])
  })

  it('goes to the lead at once when the account manager cannot be told, and only then', () => {
    const state = asked()
    expect(after(state, untoldHappenings(state, 'accountManager', '550')).phase).toBe(
      'awaitingLead',
    )
    expect(after(state, untoldHappenings(state, 'asker', '550')).phase).toBe(
      'awaitingAccountManager',
    )
    const passed = asked({ dueAt: null })
    expect(untoldHappenings(passed, 'accountManager', '550').map(({ type }) => type)).toEqual([
      'untold',
    ])
  })

  it('ends with the first answer, by the account manager or the lead', () => {
    for (const role of ['accountManager', 'lead'] as const) {
      const answered = after(
        asked(),
        answerHappenings(asked(), message({ caller: buildCaller({ role, brandIds: '*' }) })),
      )
      expect(answered).toMatchObject({ phase: 'answered', answer: { text: 'Tomorrow.' } })
      expect(answerRefusal(answered, message())?.code).toBe('NotAllowedNow')
      expect(answerHappenings(answered, message())).toEqual([])
    }
  })

  it.each([
    [
      'for another question',
      { questionId: questionIdOf('northwind', 'x'.repeat(20)) },
      'StaleCase',
    ],
    ['by the brand', { caller: buildCaller() }, 'NotAllowedForRole'],
    [
      'by staff of other brands',
      { caller: buildCaller({ role: 'lead', brandIds: ['contoso'] }) },
      'Foreign',
    ],
    ['that says nothing', { text: '' }, 'InvalidMessage'],
  ] as const)('takes no answer %s', (_which, overrides, code) => {
    expect(answerRefusal(asked(), message(overrides))?.code).toBe(code)
  })

  it('takes no answer before it is on record', () => {
    expect(answerRefusal(unasked(ID, 1), message())?.code).toBe('StillOpening')
  })

  it('does not know events of later versions', () => {
    const event = { type: 'sung', by: SYSTEM, data: {}, seq: 2, at: 3 } as never
    expect(() => QUESTION_KIND.evolve(asked(), event)).toThrow(/later version/)
  })

  it('names its brand in its id', () => {
    expect(brandOfQuestion(ID)).toBe('northwind')
    expect(brandOfQuestion('case~a~b~c~d')).toBeNull()
    expect(brandOfQuestion('question~Not a brand~abcdefghijklm')).toBeNull()
  })
})
