import type { AnswerMessage } from '../../domain/question/answering.js'
import { QUESTION_KIND, type QuestionEvent } from '../../domain/question/question.js'
import type { QuestionRow, Store } from '../../store/store.js'
import { type QuestionInput, questionStart } from '../../workflows/question/start.js'
import type { EndedRun } from '../reconcile/ended-run.js'
import type { ReconciledKind, Restart } from '../reconcile/kind.js'

/** Questions, as the reconciler knows them: how one whose workflow has ended is started again. */
export function createReconciledQuestions({
  questions,
}: Pick<Store, 'questions'>): ReconciledKind<QuestionRow, QuestionEvent> {
  return {
    names: QUESTION_KIND,
    records: questions,
    isEnded: ({ state }) => QUESTION_KIND.isEnded(state),
    fromRecord({ questionId }, [first], continued, ended) {
      if (first?.type !== 'asked') return null
      const { brandId, marketplace, caseId, text } = first.data
      const input = { questionId, brandId, marketplace, caseId, text, by: first.by, continued }
      return restart(input, ended)
    },
    fromRun: (ended, row) =>
      Promise.resolve(row ? null : restart(ended.input as QuestionInput, ended)),
  }
}

/** An answer that is on record already is refused when it is applied again. */
function restart(input: QuestionInput, ended: EndedRun | null): Restart {
  const sent = (ended?.sent ?? []).filter(({ name }) => name.startsWith('answerQuestion'))
  const undelivered = sent.map(({ message }) => message as AnswerMessage)
  return { id: input.questionId, options: questionStart({ ...input, undelivered }) }
}
