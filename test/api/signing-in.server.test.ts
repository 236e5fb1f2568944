import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CODE_TRIES, LINK_LIFE_MS, LINKS_AT_ONCE } from '../../domain/person/sign-in-links.js'
import { SESSION_IDLE_MS, SESSION_MAX_MS } from '../../domain/person/session.js'
import { until } from '../../local/until.js'
import { sha256Hex } from '../../platform/digest.js'
import type { Person } from '../../store/store.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { buildMembership, buildPerson, buildSession } from '../builders/person.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import {
  type Answer,
  FROM_OWN_PAGE,
  problemOf,
  PUBLIC_URL,
  SESSION_COOKIE,
  startApi,
  type TestApi,
} from './test-api.js'

const PATIENT = { withinMs: 20_000 }

let database: TestDatabase
let own: OwnNamespace
let api: TestApi
let clockMs = 0
const now = () => Date.now() + clockMs

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  await database.store.brands.create(buildBrand())
  await database.store.brands.create(buildBrand({ brandId: 'contoso', name: 'Contoso' }))
  api = await startApi({ store: database.store, client: own.client }, { now })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

const join = (overrides: Partial<Person> = {}) =>
  database.store.people.create(buildPerson(overrides))

/** The cookies that an answer makes a browser keep. */
const cookiesOf = (answer: Answer) =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))

/** A browser: keeps cookies, and sends what a page of ours sends. */
function openBrowser() {
  const jar: Record<string, string> = {}
  const send = async (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    { body, headers = FROM_OWN_PAGE }: { body?: object; headers?: Record<string, string> } = {},
  ) => {
    const cookie = Object.entries(jar)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    const answer = await api.call(method, url, {
      key: null,
      headers: { ...headers, ...(cookie ? { cookie } : {}) },
      ...(body ? { body } : {}),
    })
    Object.assign(jar, cookiesOf(answer))
    return answer
  }
  return {
    jar,
    send,
    ask: async (email: string) => {
      const answer = await send('POST', '/v1/sign-in/links', { body: { email } })
      expect(answer.statusCode).toBe(202)
      return answer.json<{ code: string; expiresAt: string }>()
    },
    signIn: (token: string, code?: string) =>
      send('POST', '/v1/sign-in', { body: { token, ...(code === undefined ? {} : { code }) } }),
  }
}

const mailsTo = ({ email }: Pick<Person, 'email'>) =>
  api.mails.filter(({ to }) => to.address === email)

/** The token of the latest mail to somebody, once there are so many. */
const tokenFor = async (person: Person, count = 1) => {
  const mails = await until(
    'the mail comes',
    () => {
      const all = mailsTo(person)
      return all.length >= count && all
    },
    PATIENT,
  )
  const [, token = ''] = /\/sign-in#(\S+)/.exec(mails.at(-1)?.text ?? '') ?? []
  return token
}

describe('a link to sign in', () => {
  it('lets in the browser that asked for it, once', async () => {
    const person = await join()
    const browser = openBrowser()
    await browser.ask(person.email.toUpperCase())
    const token = await tokenFor(person)
    const [mail] = mailsTo(person)
    expect(mail?.text).toContain(`${PUBLIC_URL}/sign-in#${token}`)

    const answer = await browser.signIn(token)
    expect(answer.statusCode).toBe(200)
    const membershipId = person.memberships[0]?.membershipId
    const brands = [{ brandId: 'northwind', name: 'Northwind' }]
    const { personId, name, email, locale } = person
    expect(answer.json()).toMatchObject({
      person: { personId, name, email, locale, accountManagerId: null },
      memberships: [{ membershipId, role: 'brandMember', brands }],
      membershipId,
    })
    const [cookie] = answer.cookies
    expect(cookie).toMatchObject({ name: SESSION_COOKIE, path: '/', httpOnly: true })
    expect(cookie?.sameSite).toBe('Lax')
    const shown = await browser.send('GET', '/v1/session')
    expect(shown.json()).toEqual(answer.json())

    for (const again of [browser, openBrowser()]) {
      expect(problemOf(await again.signIn(token)).code).toBe('link-spent')
    }
  })

  it('is spent by one of any number that open it at once', async () => {
    const person = await join()
    const browser = openBrowser()
    await browser.ask(person.email)
    const token = await tokenFor(person)
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.signIn(token)))

    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const sessions = await database.store.sessions.listOf(person.personId, new Date(now()))
    expect(sessions).toHaveLength(1)
  })

  it('asks another browser for the code that is shown where it was asked for', async () => {
    const person = await join()
    const { code } = await openBrowser().ask(person.email)
    const token = await tokenFor(person)
    const elsewhere = openBrowser()
    expect(problemOf(await elsewhere.signIn(token)).code).toBe('code-needed')
    const wrong = code === '000000' ? '000001' : '000000'
    expect(problemOf(await elsewhere.signIn(token, wrong))).toMatchObject({
      code: 'wrong-code',
      triesLeft: CODE_TRIES - 1,
    })

    expect((await elsewhere.signIn(token, code)).statusCode).toBe(200)
  })

  it('is spent by too many wrong codes, also at once', async () => {
    const person = await join()
    const { code } = await openBrowser().ask(person.email)
    const token = await tokenFor(person)
    const wrong = Array.from({ length: 20 }, (_, n) => String(n).padStart(6, '0'))
    const guesses = wrong.filter((guess) => guess !== code)
    const answers = await Promise.all(guesses.map((guess) => openBrowser().signIn(token, guess)))
    const looked = answers.filter((answer) => problemOf(answer).code === 'wrong-code')

    expect(looked.length).toBeLessThan(CODE_TRIES)
    expect(problemOf(await openBrowser().signIn(token, code)).code).toBe('link-spent')
  })

  it('of an earlier mail works with the code of a later one', async () => {
    const person = await join()
    const browser = openBrowser()
    await browser.ask(person.email)
    const token = await tokenFor(person)
    const { code } = await browser.ask(person.email)

    expect((await openBrowser().signIn(token, code)).statusCode).toBe(200)
  })

  it('expires', async () => {
    const person = await join()
    const browser = openBrowser()
    await browser.ask(person.email)
    const token = await tokenFor(person)
    clockMs += LINK_LIFE_MS.asked

    expect(problemOf(await browser.signIn(token)).code).toBe('link-spent')
  })

  it('is mailed to nobody without an account, and the answer does not show it', async () => {
    const known = await join()
    const gone = await join({ deactivatedAt: new Date() })
    const late = await join({
      joinedAt: null,
      invitation: { expiresAt: new Date(now() - 1), mailedAt: new Date() },
    })
    const browser = openBrowser()
    const before = api.mails.length
    const answers = []
    for (const email of [known.email, gone.email, late.email, 'nobody@nowhere.example']) {
      answers.push(await browser.ask(email))
    }
    await tokenFor(known)

    expect(new Set(answers.map(({ code }) => code)).size).toBe(1)
    await api.close()
    expect(api.mails.slice(before).map(({ to }) => to.address)).toEqual([known.email])
    api = await startApi({ store: database.store, client: own.client }, { now })
  })

  it('is sent so many times at once, and no more', async () => {
    const person = await join()
    const browser = openBrowser()
    for (let n = 1; n <= LINKS_AT_ONCE; n++) {
      await browser.ask(person.email)
      await tokenFor(person, n)
    }
    await browser.ask(person.email)
    await until('it is refused', () => api.logged().includes('too many links'), PATIENT)

    expect(mailsTo(person)).toHaveLength(LINKS_AT_ONCE)
  })

  it('and its session leave no secret in the database or the log', async () => {
    const person = await join()
    const browser = openBrowser()
    const { code } = await browser.ask(person.email)
    const token = await tokenFor(person)
    const links = JSON.stringify(await database.raw.collection('signInLinks').find().toArray())
    await browser.signIn(token)
    const sessions = JSON.stringify(await database.raw.collection('sessions').find().toArray())

    expect(links).toContain(sha256Hex(token))
    for (const secret of [token, code, ...Object.values(browser.jar)]) {
      expect(links + sessions + api.logged()).not.toContain(`"${secret}"`)
      expect(api.logged()).not.toContain(secret)
    }
  })
})

describe('a session', () => {
  const enter = async (overrides: Partial<Person> = {}) => {
    const { person, session } = await api.makePerson(overrides)
    return { person, session, get: (url: string) => api.call('GET', url, { session }) }
  }
  const statusOf = async (session: string) =>
    (await api.call('GET', '/v1/session', { session })).statusCode
  const twoBrands = {
    memberships: [
      buildMembership(),
      buildMembership({ role: 'brandAdmin', brandIds: ['contoso'] }),
    ],
  }

  it('acts by one membership at a time, and changes to another with a new secret', async () => {
    const { person, session, get } = await enter(twoBrands)
    const seen = async (given: string) => {
      const answer = await api.call('GET', '/v1/brands', { session: given })
      return answer.json<{ items: { brandId: string }[] }>().items.map(({ brandId }) => brandId)
    }
    expect(await seen(session)).toEqual(['northwind'])
    const { sessionId } = (await get('/v1/sessions')).json<{ items: { sessionId: string }[] }>()
      .items[0] ?? { sessionId: '' }

    const [, other] = person.memberships
    const body = { membershipId: other?.membershipId }
    const answer = await api.call('POST', '/v1/session/membership', { session, body })
    expect(answer.json()).toMatchObject(body)
    const changed = cookiesOf(answer)[SESSION_COOKIE] ?? ''
    expect(await seen(changed)).toEqual(['contoso'])
    expect(await statusOf(session)).toBe(401)
    const listed = await api.call('GET', '/v1/sessions', { session: changed })
    expect(listed.json()).toMatchObject({ items: [{ sessionId, current: true }] })

    const foreign = await api.call('POST', '/v1/session/membership', {
      session: changed,
      body: { membershipId: 'm-of-somebody' },
    })
    expect(foreign.statusCode).toBe(404)
  })

  it('ends when nobody uses it, and after a week in any case', async () => {
    const { session } = await enter()
    const idle = (await enter()).session
    const start = clockMs
    const halfIdle = SESSION_IDLE_MS / 2
    for (let age = 0; age + halfIdle < SESSION_MAX_MS; age += halfIdle) {
      clockMs = start + age
      expect(await statusOf(session)).toBe(200)
      await until(
        'its use is on record',
        async () => {
          const found = await database.store.sessions.find(sha256Hex(session))
          return found !== null && now() - found.lastSeenAt.getTime() < 60_000
        },
        PATIENT,
      )
    }
    expect(await statusOf(idle)).toBe(401)
    clockMs = start + SESSION_MAX_MS
    expect(await statusOf(session)).toBe(401)
    clockMs = start
  })

  it('is ended by signing out, here or anywhere else', async () => {
    const { person, session } = await enter()
    const more = async () => {
      const { personId, memberships } = person
      const membershipId = memberships[0]?.membershipId ?? ''
      const secret = sha256Hex(String(Math.random())).slice(0, 43)
      const other = buildSession({ hash: sha256Hex(secret), personId, membershipId })
      await database.store.sessions.create(other)
      return { secret, sessionId: other.sessionId }
    }
    const [one, two, three] = [await more(), await more(), await more()]
    const foreign = (await enter()).session
    const path = `/v1/sessions/${one.sessionId}`
    expect((await api.call('DELETE', path, { session: foreign })).statusCode).toBe(404)
    expect(await statusOf(one.secret)).toBe(200)
    expect((await api.call('DELETE', path, { session })).statusCode).toBe(204)
    expect(await statusOf(one.secret)).toBe(401)

    expect((await api.call('DELETE', '/v1/session', { session: two.secret })).statusCode).toBe(204)
    expect(await statusOf(two.secret)).toBe(401)

    expect((await api.call('DELETE', '/v1/sessions', { session })).statusCode).toBe(204)
    expect(await statusOf(three.secret)).toBe(401)
    expect(await statusOf(session)).toBe(200)
    expect(await statusOf(foreign)).toBe(200)
  })

  it('changes nothing for a page of somebody else’s', async () => {
    const { session } = await enter()
    const send = (headers: Record<string, string>, method: 'POST' | 'GET' = 'POST') =>
      api.app.inject({
        ...{ method, url: method === 'GET' ? '/v1/session' : '/v1/session/membership' },
        headers: { cookie: `${SESSION_COOKIE}=${session}`, ...headers },
        ...(method === 'GET' ? {} : { payload: { membershipId: 'm-none' } }),
      })
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: PUBLIC_URL },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ]) {
      expect(problemOf(await send(headers)).code).toBe('foreign-page')
    }
    expect((await send({ origin: PUBLIC_URL })).statusCode).toBe(404)
    expect((await send(FROM_OWN_PAGE)).statusCode).toBe(404)
    expect((await send({ 'sec-fetch-site': 'cross-site' }, 'GET')).statusCode).toBe(200)
    const asked = await openBrowser().send('POST', '/v1/sign-in/links', {
      body: { email: 'a@b.example' },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(problemOf(asked).code).toBe('foreign-page')
  })

  it('goes behind an API key that is sent with it, also one that does not work', async () => {
    const { session } = await enter()
    const cookie = `${SESSION_COOKIE}=${session}`
    const withKey = (key: string) => api.call('GET', '/v1/api-keys', { key, headers: { cookie } })

    expect((await withKey('operator')).statusCode).toBe(200)
    expect((await withKey('jf_live_nonsense')).statusCode).toBe(401)
    const asSession = await api.call('GET', '/v1/session', { key: 'operator', headers: { cookie } })
    expect(asSession.statusCode).toBe(401)
  })
})
