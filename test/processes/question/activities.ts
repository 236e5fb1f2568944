import { activityInfo } from '@temporalio/activity'
import type { EndedRun } from '../../../activities/reconcile/ended-run.js'
import type { ReconciledKind } from '../../../activities/reconcile/kind.js'
import { saveRecord } from '../../../activities/record/save-record.js'
import { recordOn } from '../../../domain/record/record.js'
import { findingInWords, verifyRecord } from '../../../store/record/audit.js'
import { EVERYTHING } from '../../../store/store.js'
import { type QuestionInput, questionStart } from './messages.js'
import {
  type AnswerMessage,
  asked,
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
  unasked,
} from './question.js'
import { type QuestionRow, type Questions, QUESTIONS } from './records.js'

/** The effects of questions. */
export function createQuestionActivities({ records, ...asker }: Questions) {
  async function openQuestion(input: QuestionInput): Promise<{ events: QuestionEvent[] }> {
    const { questionId, brandId, marketplace, text } = input
    const stored = await records.events(EVERYTHING, questionId)
    if (stored.length > 0) return { events: stored.map(({ event }) => event) }
    const { currentAttemptScheduledTimestampMs: now } = activityInfo()
    const [remindAt, dueAt] = [now + input.remindAfterMs, now + input.expiresAfterMs]
    const { events, state } = recordOn<QuestionState, QuestionEvent>(
      QUESTION_KIND,
      unasked(questionId, now),
      [asked({ brandId, marketplace, text, remindAt, dueAt })],
      now,
    )
    const workflowId = QUESTION_KIND.workflowIdOf(questionId) ?? ''
    const opened = await records.open({ workflowId, events, state })
    return opened.kind === 'opened' ? { events: opened.events } : opened.claim
  }

  async function saveQuestion({
    questionId,
    events,
  }: {
    questionId: string
    events: QuestionEvent[]
  }): Promise<{ savedRev: number }> {
    const { savedRev } = await saveRecord<QuestionState, QuestionEvent>(
      QUESTION_KIND,
      records,
      questionId,
      events,
    )
    return { savedRev }
  }

  async function verifyQuestion(questionId: string): Promise<string | null> {
    const { finding } = await verifyRecord(QUESTIONS, records, questionId)
    return findingInWords('question', finding)
  }

  return {
    openQuestion,
    saveQuestion,
    verifyQuestion,
    tellAsker: (letter: { questionId: string; what: string }) => asker.tell(letter),
  }
}
export type QuestionActivities = ReturnType<typeof createQuestionActivities>

/** Questions, as the reconciler knows them. */
export function createReconciledQuestions({
  records,
}: Pick<Questions, 'records'>): ReconciledKind<QuestionRow, QuestionEvent> {
  return {
    names: QUESTION_KIND,
    records,
    isEnded: ({ state }) => QUESTION_KIND.isEnded(state),
    fromRecord({ questionId, brandId, marketplace }, [first], continued, ended) {
      if (first?.type !== 'asked') return null
      const { text, remindAt, dueAt } = first.data
      const windows = { remindAfterMs: remindAt - first.at, expiresAfterMs: dueAt - first.at }
      return restart({ questionId, brandId, marketplace, text, ...windows, continued }, ended)
    },
    async fromRun(ended, row) {
      return row ? null : restart(ended.input as QuestionInput, ended)
    },
  }
}

/** An answer that is on record already is refused when it is applied again. */
function restart(input: QuestionInput, ended: EndedRun | null) {
  const sent = (ended?.sent ?? []).filter(({ name }) => name.startsWith('answer'))
  const undelivered = sent.map(({ message }) => message as AnswerMessage)
  return { id: input.questionId, options: questionStart({ ...input, undelivered }) }
}
