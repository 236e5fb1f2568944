import { activityInfo } from '@temporalio/activity'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { addWorkingTime } from '../../domain/brand/working-time.js'
import {
  type Asked,
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
  unasked,
} from '../../domain/question/question.js'
import { recordOn } from '../../domain/record/record.js'
import { EVERYTHING } from '../../store/store.js'
import type { QuestionInput } from '../../workflows/question/start.js'
import { workingTimeFrom } from '../case/working-time.js'
import type { ActivityDependencies } from '../dependencies.js'

/** How long the account manager has: one working day of whoever acts in their place now. */
const ANSWER_WITHIN_MS = DAY_MS

/** Begins the record of a question, or reads it where it was begun before. */
export function createOpenQuestion({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function openQuestion(input: QuestionInput): Promise<{ events: QuestionEvent[] }> {
    const { questionId, by } = input
    const stored = await store.questions.events(EVERYTHING, questionId)
    if (stored.length > 0) return { events: stored.map(({ event }) => event) }
    const { currentAttemptScheduledTimestampMs: now } = activityInfo()
    const { events, state } = recordOn<QuestionState, QuestionEvent>(
      QUESTION_KIND,
      unasked(questionId, now),
      [{ type: 'asked', by, data: await askedOf(input, now) }],
      now,
    )
    const opened = await store.questions.open({ workflowId: questionId, events, state })
    return { events: opened.kind === 'opened' ? opened.events : events }
  }

  async function askedOf(
    { brandId, marketplace, caseId, text }: QuestionInput,
    now: number,
  ): Promise<Asked> {
    const brand = await store.brands.find(EVERYTHING, brandId)
    const ownId = brand?.accountManagerId ?? null
    const own = ownId === null ? null : await store.accountManagers.find(ownId)
    const asked = { brandId, marketplace, caseId, text, leadId: own?.leadId ?? null }
    if (!own?.active) return { ...asked, accountManagerId: ownId, dueAt: null }
    const present = (await store.accountManagers.inCharge(own.accountManagerId, now)) ?? own
    const working = workingTimeFrom(present.calendar, now)
    const dueAt = addWorkingTime(now, ANSWER_WITHIN_MS, working)
    return { ...asked, accountManagerId: own.accountManagerId, dueAt }
  }
}
