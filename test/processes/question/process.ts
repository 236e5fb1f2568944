import {
  ApplicationFailure,
  currentUpdateInfo,
  makeContinueAsNewFunc,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow'
import {
  savedOrWhyNot,
  unlessFailed,
  unlessUnknown,
  UNTIL_IT_IS_BACK,
  UNTIL_IT_IS_SAVED,
} from '../../../workflows/activity-failures.js'
import { EventProcess } from '../../../workflows/event-process.js'
import { SEARCH_ATTRIBUTES } from '../../../workflows/search-attributes.js'
import type { QuestionActivities } from './activities.js'
import { answer, answerAsync, type QuestionInput, tryAgain } from './messages.js'
import {
  type AnswerMessage,
  answerHappenings,
  dueHappenings,
  nextDeadlineOf,
  noted,
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
  refusalOf,
  unasked,
} from './question.js'

const within = { startToCloseTimeout: '15s' } as const
const opening = proxyActivities<QuestionActivities>({ ...within, retry: UNTIL_IT_IS_BACK })
const saving = proxyActivities<QuestionActivities>({ ...within, retry: UNTIL_IT_IS_SAVED })
const verifying = proxyActivities<QuestionActivities>({ ...within, retry: { maximumAttempts: 3 } })

/** A question in memory: what it adds to any recorded process. */
export class QuestionProcess extends EventProcess<QuestionState, QuestionEvent> {
  protected readonly retriedBy = 'tryAgain'
  readonly input: QuestionInput
  private toTell: string[] = []
  private telling = 0

  constructor(input: QuestionInput) {
    super(QUESTION_KIND, unasked(input.questionId, Date.now()), input)
    this.input = input
    this.showDetails()
  }

  protected readRecord() {
    return unlessFailed(() => opening.openQuestion(this.input))
  }
  protected saveEvents(events: QuestionEvent[]) {
    const { questionId } = this.input
    return savedOrWhyNot(() => saving.saveQuestion({ questionId, events }))
  }
  verifyRecord() {
    return unlessUnknown(() => verifying.verifyQuestion(this.input.questionId))
  }
  protected noted(text: string) {
    return [noted(text)]
  }
  protected nextDeadline() {
    return nextDeadlineOf(this.state)
  }
  protected dueHappenings(state: QuestionState, now: number) {
    return dueHappenings(state, now)
  }
  protected details() {
    return this.state.text
  }
  protected attributes() {
    const phase = this.isEnded ? 'closed' : this.state.phase
    const value = this.isTroubled ? 'needsAttention' : phase
    return [{ key: SEARCH_ATTRIBUTES.CasePhase, value }]
  }
  protected goOnAsNew() {
    const { undelivered: _applied, ...input } = this.input
    return makeContinueAsNewFunc<(input: QuestionInput) => Promise<unknown>>()({
      ...input,
      continued: null,
    })
  }

  // It tells of its reminder and of its end.
  protected override happened({ type }: QuestionEvent): void {
    if (type !== 'asked' && type !== 'noted') this.toTell.push(type)
  }
  protected override tell(): void {
    for (const what of this.toTell.splice(0)) {
      this.telling++
      const letter = { questionId: this.input.questionId, what }
      void opening.tellAsker(letter).finally(() => this.telling--)
    }
  }
  protected override get isTold(): boolean {
    return this.telling === 0 && this.toTell.length === 0
  }
}

/** Registers every handler before the first await. */
export function registerQuestionHandlers(question: QuestionProcess): void {
  for (const message of question.input.undelivered ?? []) question.whenOpened(take(message))
  setHandler(
    answer,
    (message: AnswerMessage) => {
      const request = currentUpdateInfo()?.id
      question.accept((state) => answerHappenings(state, message, request))
      const { questionId, rev, phase } = question.state
      return { questionId, rev, phase }
    },
    {
      validator: (message: AnswerMessage) => {
        const refusal = refusalOf(question.state, message)
        if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusal.code)
      },
    },
  )
  setHandler(answerAsync, (message: AnswerMessage) => question.whenOpened(take(message)))
  setHandler(tryAgain, () => {
    question.tryAgain()
    return null
  })

  function take(message: AnswerMessage): () => void {
    return () => question.accept((state) => answerHappenings(state, message))
  }
}
