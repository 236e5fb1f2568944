import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { STAFF_ROLES } from '../../domain/vocabulary.js'
import { api, freshId } from '../data/api.js'
import type { Question } from '../data/questions.js'
import { useSending } from '../data/sending.js'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { TextField } from '../design/fields.js'
import { Aside, Row } from '../design/page.js'
import { Tag } from '../design/tag.js'
import { Moment, TimeLeft } from '../design/time-left.js'
import { tell } from '../design/toasts.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import styles from './questions.module.css'

const TOLD_MS = 6_000
const MAX_LENGTH = 4_000

/** Questions with their answers, or with a field for it where it is the reader's to give. */
export function QuestionList({
  questions,
  chosen,
}: {
  questions: readonly Question[]
  /** The one that a mail leads to. */
  chosen?: string | undefined
}) {
  return (
    <ul className={styles['list']}>
      {questions.map((question) => (
        <QuestionItem
          key={question.questionId}
          question={question}
          isChosen={question.questionId === chosen}
        />
      ))}
    </ul>
  )
}

function QuestionItem({ question, isChosen }: { question: Question; isChosen: boolean }) {
  const { say } = useReading()
  const { membership } = useSession()
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'center' })
  }, [isChosen])
  const { phase, brandId, caseId, text, askedBy, askedAt, dueAt, answer } = question
  const mayAnswer = (STAFF_ROLES as readonly string[]).includes(membership.role) && !answer
  return (
    <li ref={item} className={styles['question']} data-chosen={isChosen || undefined}>
      <p className={styles['head']}>
        <Tag tone={answer ? 'good' : phase === 'awaitingLead' ? 'soon' : 'calm'}>
          {say(`questions.${phase}`)}
        </Tag>
        {!answer && <TimeLeft dueAt={dueAt} />}
        <Aside>
          {askedBy?.name ?? brandId} · {brandId} · <Moment at={askedAt} />
        </Aside>
      </p>
      <p className={styles['text']}>{text}</p>
      {caseId && (
        <p>
          <Link to="/cases/$caseId" params={{ caseId }}>
            {say('questions.case')}
          </Link>
        </p>
      )}
      {answer && (
        <blockquote className={styles['answer']}>
          <p className={styles['text']}>{answer.text}</p>
          <Aside>
            {answer.by.name ?? say('questions.staff')} · <Moment at={answer.at} />
          </Aside>
        </blockquote>
      )}
      {mayAnswer && <AnswerForm question={question} />}
    </li>
  )
}

function AnswerForm({ question: { questionId } }: { question: Question }) {
  const { say } = useReading()
  const client = useQueryClient()
  const { isBusy, trouble, send } = useSending()
  const [text, setText] = useState('')
  const [key] = useState(freshId)

  async function give(): Promise<void> {
    const path = `/questions/${encodeURIComponent(questionId)}/answer`
    await api.request('POST', path, { body: { text: text.trim() }, idempotencyKey: key })
    tell({ tone: 'good', content: () => say('questions.given') }, TOLD_MS)
    await client.invalidateQueries({ queryKey: ['questions'] })
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void send(give)
      }}
    >
      <TextField
        label={say('questions.answer')}
        value={text}
        rows={2}
        maxLength={MAX_LENGTH}
        onChange={setText}
      />
      <TroubleLine trouble={trouble} />
      <Row>
        <Button type="submit" weight="main" isDisabled={isBusy || text.trim() === ''}>
          {say('questions.send')}
        </Button>
      </Row>
    </form>
  )
}
