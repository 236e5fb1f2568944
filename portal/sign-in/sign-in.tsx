import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiRefusal } from '../../client/errors.js'
import { api } from '../data/api.js'
import { type Session, sessionQuery, signInWaysQuery } from '../data/session.js'
import { type Trouble, troubleOf, troubleOfProblem } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { TextField } from '../design/fields.js'
import { useReading } from '../words/words.js'
import styles from './sign-in.module.css'

/** Asks for a link, or uses the one that the address holds behind `#`, where no server sees it. */
export function SignIn() {
  const { say } = useReading()
  const [token, setToken] = useState(() => location.hash.slice(1))
  return (
    <main className={styles['page']}>
      <div className={styles['sheet']}>
        <p className={styles['name']}>Joint-Force</p>
        <h1 className={styles['title']}>{say('signIn.title')}</h1>
        {token === '' ? (
          <AskForLink />
        ) : (
          <UseLink
            token={token}
            onNewLink={() => {
              history.replaceState(null, '', location.pathname)
              setToken('')
            }}
          />
        )}
      </div>
    </main>
  )
}

function AskForLink() {
  const { say } = useReading()
  const [email, setEmail] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState(broughtBack)

  async function ask(): Promise<void> {
    setBusy(true)
    setTrouble(null)
    try {
      const asked = await api.post<{ code: string }>('/sign-in/links', { email: email.trim() })
      setCode(asked.code)
    } catch (error) {
      setTrouble(troubleOf(error))
    } finally {
      setBusy(false)
    }
  }

  if (code !== null) {
    return (
      <div className={styles['form']} role="status">
        <p>
          <strong>{say('signIn.sent')}</strong>
        </p>
        <p>{say('signIn.sentText', { email })}</p>
        <p className={styles['code']}>{say('signIn.codeShown', { code })}</p>
        <Button onPress={() => setCode(null)}>{say('signIn.again')}</Button>
      </div>
    )
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <p>{say('signIn.text')}</p>
      <TextField
        label={say('signIn.email')}
        type="email"
        autoComplete="email"
        value={email}
        onChange={setEmail}
        maxLength={254}
      />
      {trouble && <TroubleLine trouble={trouble} />}
      <Button type="submit" weight="main" isDisabled={isBusy || !email.includes('@')}>
        {say('signIn.ask')}
      </Button>
      <Provider />
    </form>
  )
}

/** What went wrong at the provider, which the address says where a browser came back from there. */
function broughtBack(): Trouble | null {
  const code = new URLSearchParams(location.search).get('problem')
  return code === null ? null : troubleOfProblem({ code })
}

/** The way in by an account people have elsewhere, where there is one. */
function Provider() {
  const { say } = useReading()
  const { data } = useQuery(signInWaysQuery)
  if (!data?.provider) return null
  return (
    <a className={styles['provider']} href="/v1/sign-in/provider">
      {say('signIn.withProvider', { name: data.provider.name })}
    </a>
  )
}

/** A button, because looking at a link must use it up for nobody: mail scanners look, too. */
function UseLink({ token, onNewLink }: { token: string; onNewLink: () => void }) {
  const { say } = useReading()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  async function enter(): Promise<void> {
    setBusy(true)
    setTrouble(null)
    try {
      const given = code.trim()
      const body = { token, ...(needsCode && given !== '' ? { code: given } : {}) }
      const { body: session } = await api.request<Session>('POST', '/sign-in', { body, once: true })
      client.clear()
      client.setQueryData(sessionQuery.queryKey, session)
      await navigate({ to: '/', replace: true })
    } catch (error) {
      const why = error instanceof ApiRefusal ? error.problem['code'] : null
      if (why === 'code-needed') setNeedsCode(true)
      else setTrouble(why === 'link-spent' ? { word: 'signIn.failed' } : troubleOf(error))
      setBusy(false)
    }
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void enter()
      }}
    >
      <p>{say('signIn.confirm')}</p>
      {needsCode && (
        <TextField
          label={say('signIn.code')}
          hint={say('signIn.codeHint')}
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          maxLength={6}
        />
      )}
      {trouble && <TroubleLine trouble={trouble} />}
      <Button type="submit" weight="main" isDisabled={isBusy}>
        {say('signIn.enter')}
      </Button>
      <Button weight="quiet" onPress={onNewLink}>
        {say('signIn.newLink')}
      </Button>
    </form>
  )
}

function TroubleLine({ trouble }: { trouble: Trouble }) {
  const { say } = useReading()
  return (
    <p className={styles['trouble']} role="alert">
      {say(trouble.word)} {trouble.detail}
    </p>
  )
}
