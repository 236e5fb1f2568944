import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { questionsQuery } from '../data/questions.js'
import { useSession } from '../data/session.js'
import { troubleOf } from '../data/trouble.js'
import { Page, Sheet } from '../design/page.js'
import { Empty, Failed, Loading } from '../design/states.js'
import { useReading } from '../words/words.js'
import { QuestionList } from './question-list.js'
import styles from './questions.module.css'

const route = getRouteApi('/signed-in/questions')

/** Questions to account managers with their answers: a brand reads them, staff answers. */
export function QuestionsScreen() {
  const { say } = useReading()
  const { isBrand } = useSession()
  const { open } = route.useSearch()
  const { data: questions, error, isError, refetch } = useQuery(questionsQuery())
  return (
    <div className={styles['questions']}>
      <Page
        title={say('questions.title')}
        intro={say(isBrand ? 'questions.introBrand' : 'questions.introStaff')}
      >
        <Sheet>
          {questions ? (
            questions.length === 0 ? (
              <Empty title={say('questions.none')}>
                {say(isBrand ? 'questions.noneBrand' : 'questions.noneStaff')}
              </Empty>
            ) : (
              <QuestionList questions={questions} chosen={open} />
            )
          ) : isError ? (
            <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
          ) : (
            <Loading lines={8} />
          )}
        </Sheet>
      </Page>
    </div>
  )
}
