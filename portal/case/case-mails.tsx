import { useQuery } from '@tanstack/react-query'
import type { CaseMail } from '../../contract/case-mails.js'
import { mailsQuery } from '../data/cases.js'
import { troubleOf } from '../data/trouble.js'
import { Failed, Loading } from '../design/states.js'
import { Table } from '../design/table.js'
import { Tag, type Tone } from '../design/tag.js'
import { Moment } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import styles from './case-page.module.css'

const TONES: Record<CaseMail['result'], Tone> = {
  sending: 'plain',
  sent: 'good',
  refused: 'alarm',
  bounced: 'alarm',
}

/** The mails that were sent about a case, to whom, and whether they arrived. */
export function CaseMails({ caseId, rev }: { caseId: string; rev: number }) {
  const { say } = useReading()
  const { data, error, isError, refetch } = useQuery(mailsQuery(caseId, rev))
  return (
    <section className={styles['part']}>
      <h2>{say('mails.title')}</h2>
      {isError ? (
        <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading lines={2} />
      ) : data.length === 0 ? (
        <p className={styles['muted']}>{say('mails.none')}</p>
      ) : (
        <Mails mails={data} />
      )}
    </section>
  )
}

function Mails({ mails }: { mails: readonly CaseMail[] }) {
  const { say } = useReading()
  const nameOf = ({ id, name, former }: CaseMail['to']) => {
    if (id === 'onCall') return say('record.onCall')
    if (name === undefined) return id.split('.').at(-1) ?? id
    return former ? say('record.former', { name }) : name
  }
  return (
    <Table
      label={say('mails.title')}
      rows={mails}
      keyOf={({ to, kind, sentAt }) => `${to.id} ${kind} ${sentAt}`}
      columns={[
        { id: 'to', title: say('mails.to'), cell: ({ to }) => nameOf(to), isHead: true },
        { id: 'kind', title: say('mails.about'), cell: ({ kind }) => say(`mails.kind.${kind}`) },
        { id: 'at', title: say('mails.sentAt'), cell: ({ sentAt }) => <Moment at={sentAt} /> },
        {
          id: 'result',
          title: say('mails.result'),
          cell: ({ result, detail }) => (
            <span>
              <Tag tone={TONES[result]}>{say(`mails.${result}`)}</Tag>
              {detail && <span className={styles['muted']}> {detail}</span>}
            </span>
          ),
        },
      ]}
    />
  )
}
