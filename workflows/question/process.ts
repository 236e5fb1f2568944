import {
  ActivityFailure,
  ApplicationFailure,
  currentUpdateInfo,
  makeContinueAsNewFunc,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow'
import type { Activities } from '../../activities/index.js'
import {
  type AnswerMessage,
  answerHappenings,
  answerRefusal,
  questionDeadline,
  questionDue,
  untoldHappenings,
} from '../../domain/question/answering.js'
import { SYSTEM } from '../../domain/case/events.js'
import { plainMarkdown } from '../../domain/form/markdown.js'
import {
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionHappening,
  type QuestionState,
  unasked,
} from '../../domain/question/question.js'
import {
  causeOf,
  savedOrWhyNot,
  unlessFailed,
  unlessUnknown,
  UNTIL_IT_IS_BACK,
  UNTIL_IT_IS_SAVED,
} from '../activity-failures.js'
import { EventProcess } from '../event-process.js'
import { SEARCH_ATTRIBUTES } from '../search-attributes.js'
import { answerQuestion, answerQuestionAsync, type QuestionInput, tryAgain } from './start.js'

const within = { startToCloseTimeout: '15s' } as const
const opening = proxyActivities<Activities>({ ...within, retry: UNTIL_IT_IS_BACK })
const saving = proxyActivities<Activities>({ ...within, retry: UNTIL_IT_IS_SAVED })
const verifying = proxyActivities<Activities>({ ...within, retry: { maximumAttempts: 3 } })
/** Longer than an outage of the mail server: who is not told in a day counts as not to be reached. */
const telling = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '1 day',
})

/** Who is told of what. */
const TOLD = { asked: 'accountManager', passedOn: 'lead', answered: 'asker' } as const
type What = keyof typeof TOLD

/** A question in memory: what it adds to any recorded process. */
export class QuestionProcess extends EventProcess<QuestionState, QuestionEvent> {
  protected readonly retriedBy = 'tryAgain'
  readonly input: QuestionInput
  private toTell: What[] = []
  private isTelling = 0

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
  protected noted(text: string): QuestionHappening[] {
    return [{ type: 'noted', by: SYSTEM, data: { text } }]
  }
  protected nextDeadline() {
    return questionDeadline(this.state)
  }
  protected dueHappenings(state: QuestionState, now: number) {
    return questionDue(state, now)
  }
  protected details() {
    return plainMarkdown(this.state.text || this.input.text)
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

  protected override opened(last: QuestionEvent): void {
    if (last.type === 'asked') this.toTell.push(last.data.dueAt === null ? 'passedOn' : 'asked')
  }
  protected override happened({ type }: QuestionEvent): void {
    if (type === 'passedOn' || type === 'answered') this.toTell.push(type)
  }
  protected override tell(): void {
    for (const what of this.toTell.splice(0)) void this.tellOf(what)
  }
  protected override get isTold(): boolean {
    return this.isTelling === 0 && this.toTell.length === 0
  }

  private async tellOf(what: What): Promise<void> {
    this.isTelling++
    try {
      const { questionId } = this.input
      const refused = await telling.tellOfQuestion({ questionId, what })
      if (refused !== null) this.wasRefused(what, refused)
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error
      this.wasRefused(what, `not delivered within a day: ${causeOf(error).message}`)
    } finally {
      this.isTelling--
    }
  }

  private wasRefused(what: What, detail: string): void {
    this.apply((state) => untoldHappenings(state, TOLD[what], detail))
  }
}

/** Registers every handler before the first await. */
export function registerQuestionHandlers(question: QuestionProcess): void {
  for (const message of question.input.undelivered ?? []) question.whenOpened(take(message))
  setHandler(
    answerQuestion,
    (message: AnswerMessage) => {
      const request = currentUpdateInfo()?.id
      question.accept((state) => answerHappenings(state, message, request))
      const { questionId, rev, phase } = question.state
      return { questionId, rev, phase }
    },
    {
      validator: (message: AnswerMessage) => {
        const refusal = answerRefusal(question.state, message)
        if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusal.code)
      },
      description: 'Answers the question. Use the API or the CLI.',
    },
  )
  setHandler(answerQuestionAsync, (message: AnswerMessage) => question.whenOpened(take(message)))
  setHandler(tryAgain, () => {
    question.tryAgain()
    return null
  })

  function take(message: AnswerMessage): () => void {
    return () => question.accept((state) => answerHappenings(state, message))
  }
}
