import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createOpenIdConnect } from '../../api/sign-in/open-id-connect.js'
import type { Person } from '../../store/store.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { buildPerson } from '../builders/person.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { type Accounts, startProvider, type TestProvider } from './open-id-provider.js'
import { PUBLIC_URL, problemOf, SESSION_COOKIE, startApi, type TestApi } from './test-api.js'

const RETURN = `${PUBLIC_URL}/v1/sign-in/provider/return`
const accounts: Accounts = {}

let database: TestDatabase
let own: OwnNamespace
let provider: TestProvider
let api: TestApi

beforeAll(async () => {
  ;[database, own, provider] = await Promise.all([
    openTestDatabase(),
    openNamespace(),
    startProvider(accounts, RETURN),
  ])
  await database.store.brands.create(buildBrand())
  const settings = { ...provider, name: 'Northwind accounts' }
  const servers = { store: database.store, client: own.client }
  api = await startApi(servers, { provider: createOpenIdConnect(settings, PUBLIC_URL) })
})
afterAll(async () => {
  await api.close()
  await provider.stop()
  await own.connection.close()
  await database.drop()
})

const join = (overrides: Partial<Person> = {}) =>
  database.store.people.create(buildPerson(overrides))
const get = (url: string, cookie = '') =>
  api.call('GET', url, { key: null, headers: cookie === '' ? {} : { cookie } })

/** Sends a browser to the provider; what it keeps, and where it came back to, signed in there. */
async function goAs(account: string) {
  const sent = await get('/v1/sign-in/provider')
  expect(sent.statusCode).toBe(303)
  const [cookie] = sent.cookies
  const back = new URL(await provider.signIn(String(sent.headers.location), account))
  return { errand: `${cookie?.name}=${cookie?.value}`, path: `${back.pathname}${back.search}` }
}

/** The whole way: who is signed in then, or the problem the browser is shown. */
async function outcomeOf(account: string): Promise<string> {
  const { errand, path } = await goAs(account)
  return outcomeOfReturn(path, errand)
}

async function outcomeOfReturn(path: string, errand: string): Promise<string> {
  const answer = await get(path, errand)
  const to = String(answer.headers.location)
  const session = answer.cookies.find(({ name }) => name === SESSION_COOKIE)?.value
  if (to !== '/') {
    expect(session).toBeUndefined()
    return to
  }
  const shown = await api.call('GET', '/v1/session', { session: session ?? '' })
  return shown.json<{ person: { personId: string } }>().person.personId
}

const REFUSED = '/sign-in?problem=sign-in-refused'

describe('a provider’s account', () => {
  it('is offered by name', async () => {
    expect((await get('/v1/sign-in')).json()).toEqual({ provider: { name: 'Northwind accounts' } })
  })

  it('lets in whoever has its verified address, and from then on by its own id', async () => {
    const person = await join()
    accounts['mei'] = { email: person.email.toUpperCase(), email_verified: true }
    expect(await outcomeOf('mei')).toBe(person.personId)

    accounts['mei'] = { email: 'moved@northwind.example', email_verified: false }
    expect(await outcomeOf('mei')).toBe(person.personId)
    const successor = await join({ email: 'moved@northwind.example' })
    accounts['mei'] = { email: successor.email, email_verified: true }
    expect(await outcomeOf('mei')).toBe(person.personId)
  })

  it('lets nobody in by an address that is not verified, or that nobody has', async () => {
    const person = await join()
    accounts['stranger'] = { email: person.email, email_verified: false }
    expect(await outcomeOf('stranger')).toBe(REFUSED)
    accounts['stranger'] = { email: 'nobody@nowhere.example', email_verified: true }
    expect(await outcomeOf('stranger')).toBe(REFUSED)
    expect((await database.store.people.find(person.personId))?.identities).toEqual([])
  })

  it('lets nobody in as somebody whom the provider knows as another', async () => {
    const person = await join()
    accounts['first'] = { email: person.email, email_verified: true }
    expect(await outcomeOf('first')).toBe(person.personId)
    accounts['second'] = { email: person.email, email_verified: true }
    expect(await outcomeOf('second')).toBe(REFUSED)
  })

  it('lets nobody in who was deactivated, or whose invitation is over', async () => {
    const gone = await join()
    accounts['gone'] = { email: gone.email, email_verified: true }
    expect(await outcomeOf('gone')).toBe(gone.personId)
    await database.store.people.change(gone.personId, null, { deactivatedAt: new Date() })
    expect(await outcomeOf('gone')).toBe(REFUSED)
    const invitation = { expiresAt: new Date(Date.now() - 1), mailedAt: new Date() }
    const late = await join({ joinedAt: null, invitation })
    accounts['late'] = { email: late.email, email_verified: true }
    expect(await outcomeOf('late')).toBe(REFUSED)
  })

  it('lets in the browser that was sent, once, and no other', async () => {
    const person = await join()
    accounts['ines'] = { email: person.email, email_verified: true }
    const one = await goAs('ines')
    const other = await goAs('ines')
    expect(await outcomeOfReturn(one.path, '')).toBe(REFUSED)
    expect(await outcomeOfReturn(one.path, other.errand)).toBe(REFUSED)
    expect(
      await outcomeOfReturn(`${RETURN.slice(PUBLIC_URL.length)}?error=access_denied`, one.errand),
    ).toBe(REFUSED)
    expect(await outcomeOfReturn(other.path, other.errand)).toBe(person.personId)
    expect(await outcomeOfReturn(other.path, other.errand)).toBe(REFUSED)
    expect(api.logged()).not.toContain(new URLSearchParams(other.path.split('?')[1]).get('code'))
  })
})

describe('a provider that is not there', () => {
  it('is said to be away, or not to be at all', async () => {
    const servers = { store: database.store, client: own.client }
    const away = { issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b', name: 'Away' }
    const without = await startApi(servers)
    const lonely = await startApi(servers, { provider: createOpenIdConnect(away, PUBLIC_URL) })
    const answer = await lonely.call('GET', '/v1/sign-in/provider', { key: null })
    expect(answer.headers.location).toBe('/sign-in?problem=provider-unavailable')
    const none = await without.call('GET', '/v1/sign-in/provider', { key: null })
    expect(problemOf(none).code).toBe('not-found')
    expect((await without.call('GET', '/v1/sign-in', { key: null })).json()).toEqual({
      provider: null,
    })
    await Promise.all([lonely.close(), without.close()])
  })
})
