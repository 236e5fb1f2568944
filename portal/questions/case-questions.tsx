import { useQuery } from '@tanstack/react-query'
import { questionsQuery } from '../data/questions.js'
import { useReading } from '../words/words.js'
import { QuestionList } from './question-list.js'

/** What the brand asked about a case; nothing where it asked nothing. */
export function CaseQuestions({ caseId }: { caseId: string }) {
  const { say } = useReading()
  const { data: questions = [] } = useQuery(questionsQuery({ caseId }))
  if (questions.length === 0) return null
  return (
    <section>
      <h2>{say('questions.title')}</h2>
      <QuestionList questions={questions} />
    </section>
  )
}
