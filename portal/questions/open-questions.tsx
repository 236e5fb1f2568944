import { useQuery } from '@tanstack/react-query'
import type { Question } from '../data/questions.js'
import { questionsQuery } from '../data/questions.js'
import { Sheet } from '../design/page.js'
import { useReading } from '../words/words.js'
import { QuestionList } from './question-list.js'

/** Questions that wait for an answer, on a desk; nothing where none does. */
export function OpenQuestions({
  accountManagerIds,
  phase,
}: {
  /** Those of these account managers; of everybody for `null`. */
  accountManagerIds: readonly string[] | null
  phase?: Question['phase']
}) {
  const { say } = useReading()
  const { data = [] } = useQuery(questionsQuery({ open: true }))
  const questions = data.filter(
    (one) =>
      (phase === undefined || one.phase === phase) &&
      (accountManagerIds === null || accountManagerIds.includes(one.accountManagerId ?? '')),
  )
  if (questions.length === 0) return null
  return (
    <Sheet title={say('questions.open')} intro={say('questions.introStaff')}>
      <QuestionList questions={questions} />
    </Sheet>
  )
}
