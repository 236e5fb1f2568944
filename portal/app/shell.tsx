import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useNavigate } from '@tanstack/react-router'
import { Keyboard } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { followLive } from '../data/live.js'
import { sessionQuery, useSession } from '../data/session.js'
import { isSignedOut, troubleOf } from '../data/trouble.js'
import { useDeciding } from '../case/deciding.js'
import { Button } from '../design/button.js'
import { Failed, Loading } from '../design/states.js'
import { useShortcuts } from '../keyboard/use-shortcuts.js'
import { useReading } from '../words/words.js'
import { AskManager } from '../questions/ask.js'
import { AccountMenu } from './account-menu.js'
import { destinationsOf } from './navigation.js'
import { NavigationMenu } from './navigation-menu.js'
import { SyncState } from './sync-state.js'
import styles from './shell.module.css'

const Help = lazy(async () => ({ default: (await import('../keyboard/help.js')).Help }))

/** The frame of every screen but the sign-in; sends whoever is not signed in there. */
export function Shell() {
  const { say } = useReading()
  const { data, error, isError, refetch } = useQuery(sessionQuery)
  if (isSignedOut(error)) return <Navigate to="/sign-in" replace />
  if (data) return <Frame />
  return (
    <main>
      <h1 className="unseen">{say('inbox.title')}</h1>
      {isError ? <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} /> : <Loading />}
    </main>
  )
}

function Frame() {
  const { say } = useReading()
  const navigate = useNavigate()
  const { membership } = useSession()
  const { undoLatest } = useDeciding()
  const [isHelping, setHelping] = useState(false)
  const client = useQueryClient()
  useEffect(() => followLive(client), [client])
  useShortcuts({
    help: () => setHelping(true),
    undo: undoLatest,
    inbox: () => void navigate({ to: '/' }),
  })
  return (
    <div className={styles['shell']}>
      <header className={styles['bar']}>
        <Link to="/" className={styles['name']}>
          Joint-Force
        </Link>
        <nav aria-label={say('nav.main')} className={styles['nav']}>
          {destinationsOf(membership.role).map(({ to, word }) => (
            <Link
              key={to}
              to={to}
              className={styles['link']}
              activeOptions={{ includeSearch: false, exact: to === '/' }}
            >
              {say(word)}
            </Link>
          ))}
        </nav>
        <AskManager />
        <SyncState />
        <span className={styles['keys']}>
          <Button weight="quiet" onPress={() => setHelping(true)} aria-label={say('nav.help')}>
            <Keyboard size={18} aria-hidden="true" />
          </Button>
        </span>
        <NavigationMenu />
        <AccountMenu />
      </header>
      <main className={styles['main']}>
        <Outlet />
      </main>
      {isHelping && (
        <Suspense fallback={null}>
          <Help onClose={() => setHelping(false)} />
        </Suspense>
      )}
    </div>
  )
}
