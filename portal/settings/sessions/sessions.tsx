import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Monitor } from 'lucide-react'
import { useState } from 'react'
import type { Static } from 'typebox'
import type { OwnSessionsSchema } from '../../../contract/session.js'
import { api } from '../../data/api.js'
import { useSession } from '../../data/session.js'
import { troubleOf } from '../../data/trouble.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Page, Sheet } from '../../design/page.js'
import { Failed, Loading } from '../../design/states.js'
import { Table } from '../../design/table.js'
import { Tag } from '../../design/tag.js'
import { Moment } from '../../design/time-left.js'
import { useReading } from '../../words/words.js'
import { browserName } from './browser-name.js'

type OwnSession = Static<typeof OwnSessionsSchema>['items'][number]

const sessionsQuery = queryOptions({
  queryKey: ['ownSessions'],
  queryFn: async () => (await api.get<Static<typeof OwnSessionsSchema>>('/sessions')).items,
})

/** Where somebody is signed in, and how they sign out there. */
export function OwnSessions() {
  const { say } = useReading()
  const client = useQueryClient()
  const { data: sessions, error, isError, refetch } = useQuery(sessionsQuery)
  const [ending, setEnding] = useState<OwnSession | 'others' | null>(null)
  const others = sessions?.filter(({ current }) => !current) ?? []

  async function end(which: OwnSession | 'others'): Promise<void> {
    const path = which === 'others' ? '/sessions' : `/sessions/${which.sessionId}`
    await api.request('DELETE', path)
    if (which !== 'others' && which.current) location.assign('/sign-in')
    else await client.invalidateQueries(sessionsQuery)
  }

  return (
    <Page
      title={say('sessions.title')}
      intro={say('sessions.intro')}
      actions={
        others.length > 0 && (
          <Button onPress={() => setEnding('others')}>{say('sessions.endOthers')}</Button>
        )
      }
    >
      <Sheet>
        {sessions ? (
          <List sessions={sessions} onEnd={setEnding} />
        ) : isError ? (
          <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )}
      </Sheet>
      {ending && (
        <Confirm
          title={say(ending === 'others' ? 'sessions.endOthers' : 'sessions.end')}
          act={say(ending === 'others' ? 'sessions.endOthers' : 'sessions.end')}
          onConfirm={() => end(ending)}
          onClose={() => setEnding(null)}
        >
          <p>
            {ending === 'others'
              ? say('sessions.endOthersText', { count: others.length })
              : say(ending.current ? 'sessions.endThisText' : 'sessions.endText')}
          </p>
        </Confirm>
      )}
    </Page>
  )
}

function List({
  sessions,
  onEnd,
}: {
  sessions: readonly OwnSession[]
  onEnd: (session: OwnSession) => void
}) {
  const { say } = useReading()
  const { memberships } = useSession()
  const asWhat = ({ membershipId }: OwnSession) => {
    const found = memberships.find((one) => one.membershipId === membershipId)
    return found ? say(`roleName.${found.role}`) : '–'
  }
  return (
    <Table
      label={say('sessions.title')}
      rows={sessions}
      keyOf={({ sessionId }) => sessionId}
      columns={[
        {
          id: 'browser',
          title: say('sessions.browser'),
          isHead: true,
          cell: (one) => (
            <span title={one.userAgent}>
              <Monitor size={14} aria-hidden="true" /> <BrowserName {...one} />{' '}
              {one.current && <Tag tone="good">{say('sessions.current')}</Tag>}
            </span>
          ),
        },
        { id: 'as', title: say('sessions.as'), cell: asWhat },
        { id: 'seen', title: say('sessions.seen'), cell: (one) => <Moment at={one.lastSeenAt} /> },
        {
          id: 'since',
          title: say('sessions.since'),
          cell: (one) => <Moment at={one.createdAt} />,
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (one) => (
            <Button
              weight="quiet"
              aria-label={`${say('sessions.end')}: ${one.userAgent}`}
              onPress={() => onEnd(one)}
            >
              {say('sessions.end')}
            </Button>
          ),
        },
      ]}
    />
  )
}

function BrowserName({ userAgent }: OwnSession) {
  const { say } = useReading()
  const { browser, system } = browserName(userAgent)
  const name = browser ?? say('sessions.unknownBrowser')
  return system === null ? name : say('sessions.browserOn', { browser: name, system })
}
