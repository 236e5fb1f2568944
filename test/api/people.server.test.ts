import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { LINK_LIFE_MS } from '../../domain/person/sign-in-links.js'
import type { Membership } from '../../domain/person/memberships.js'
import { until } from '../../local/until.js'
import type { Person } from '../../store/store.js'
import { buildAccountManager, buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { buildMembership } from '../builders/person.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { type Answer, FROM_OWN_PAGE, problemOf, startApi, type TestApi } from './test-api.js'

let database: TestDatabase
let own: OwnNamespace
let api: TestApi
let clockMs = 0

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  const { brands, accountManagers } = database.store
  await accountManagers.create(buildAccountManager({ leadId: null }))
  for (const brandId of ['northwind', 'contoso', 'fabrikam', 'adatum']) {
    await brands.create(buildBrand({ brandId, name: `The ${brandId}` }))
  }
  const servers = { store: database.store, client: own.client }
  api = await startApi(servers, { now: () => Date.now() + clockMs })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

type Shown = Omit<Person, 'invitation'> & { invitation: { mailedAt: string | null } | null }
const member = { role: 'brandMember', brandIds: ['northwind'] }
const admin = (brandId = 'northwind') =>
  buildMembership({ role: 'brandAdmin', brandIds: [brandId] })
let count = 0
const invitation = (overrides: object = {}) => ({
  ...{ name: 'Mei Lin', email: `mei.lin.${++count}@northwind.example`, locale: 'zh-CN' },
  ...{ memberships: [member], ...overrides },
})

const invite = (body: object, key = 'brandAdmin') => api.call('POST', '/v1/people', { key, body })
const pathOf = ({ personId }: Pick<Person, 'personId'>) => `/v1/people/${personId}`
const read = async (person: Pick<Person, 'personId'>, key = 'operator') =>
  (await api.call('GET', pathOf(person), { key })).json<Shown>()
const change = async (person: Pick<Person, 'personId'>, body: object, key = 'brandAdmin') => {
  const { rev } = await read(person)
  return api.call('PATCH', pathOf(person), { key, body, headers: { 'if-match': `"${rev}"` } })
}
const act = (person: Pick<Person, 'personId'>, what: string, key = 'brandAdmin') =>
  api.call('POST', `${pathOf(person)}/${what}`, { key })
const signIn = (token: string) =>
  api.call('POST', '/v1/sign-in', { key: null, body: { token }, headers: FROM_OWN_PAGE })
const isSignedIn = async (session: string) =>
  (await api.call('GET', '/v1/session', { session })).statusCode === 200
const mailTo = (email: string) => api.mails.filter(({ to }) => to.address === email).at(-1)
const tokenTo = (email: string) => /\/sign-in#(\S+)/.exec(mailTo(email)?.text ?? '')?.[1] ?? ''
const codeOf = (answer: Answer) => problemOf(answer).code

describe('an invitation', () => {
  it('is a mail in the person’s language that lets them in, once, as what it says', async () => {
    const body = invitation()
    const answer = await invite(body)
    expect(answer.statusCode).toBe(201)
    const person = answer.json<Shown>()
    expect(person).toMatchObject({ email: body.email, memberships: [member], joinedAt: null })
    expect(person.invitation?.mailedAt).not.toBeNull()
    expect(mailTo(body.email)?.subject).toBe('邀请您代表 The northwind 处理可疑商品')
    expect(mailTo(body.email)?.html).toContain(tokenTo(body.email))

    const entered = await signIn(tokenTo(body.email))
    expect(entered.json()).toMatchObject({ person: { personId: person.personId } })
    expect(await read(person)).toMatchObject({ invitation: null })
    expect((await read(person)).joinedAt).not.toBeNull()
    expect(codeOf(await signIn(tokenTo(body.email)))).toBe('link-spent')
    expect(codeOf(await act(person, 'invite'))).toBe('not-allowed-now')
  })

  it('expires, and another one takes its place', async () => {
    const body = invitation()
    const person = (await invite(body)).json<Shown>()
    const first = tokenTo(body.email)
    clockMs += LINK_LIFE_MS.invitation
    expect(codeOf(await signIn(first))).toBe('link-spent')
    expect((await act(person, 'invite')).statusCode).toBe(200)
    const second = tokenTo(body.email)
    expect((await act(person, 'invite')).statusCode).toBe(200)
    expect(codeOf(await signIn(second))).toBe('link-spent')
    expect((await signIn(tokenTo(body.email))).statusCode).toBe(200)
    clockMs = 0
  })

  it('says that its mail did not leave, and lets nobody in until one does', async () => {
    const mail = { send: () => Promise.reject(new Error('the mail server is away')) }
    const mute = await startApi({ store: database.store, client: own.client }, { mail })
    const body = invitation()
    const answer = await mute.call('POST', '/v1/people', { body })
    expect(answer.statusCode).toBe(201)
    const person = answer.json<Shown>()
    expect(person.invitation).toMatchObject({ mailedAt: null })
    expect(mute.logged()).toContain('a mail about signing in was not sent')
    expect(mute.logged()).not.toContain(body.email)
    await mute.close()

    expect((await act(person, 'invite')).json<Shown>().invitation?.mailedAt).not.toBeNull()
    expect((await signIn(tokenTo(body.email))).statusCode).toBe(200)
  })

  it('adds to somebody who has the address, however it is written', async () => {
    const body = invitation()
    const first = (await invite(body)).json<Shown>()
    await signIn(tokenTo(body.email))
    const more = { memberships: [{ role: 'brandMember', brandIds: ['contoso'] }] }
    const again = invitation({ ...more, email: body.email.toUpperCase(), name: 'Somebody' })
    const answer = await invite(again, 'operator')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ personId: first.personId, name: 'Mei Lin' })
    expect(answer.json<Shown>().memberships).toHaveLength(2)
    expect(mailTo(body.email)?.subject).toContain('The contoso')
    expect(tokenTo(body.email)).toBe('')

    expect((await read(first, 'brandAdmin')).memberships).toMatchObject([member])
    expect((await invite(again, 'operator')).json<Shown>().memberships).toHaveLength(2)
  })

  it('by a brand’s administrator is for people of the own brand', async () => {
    const refusals = [
      [{ role: 'brandMember', brandIds: ['contoso'] }, 'not-allowed-for-role'],
      [{ role: 'brandMember', brandIds: ['northwind', 'contoso'] }, 'not-allowed-for-role'],
      [{ role: 'accountManager', brandIds: ['northwind'] }, 'not-allowed-for-role'],
      [{ role: 'operator' }, 'not-allowed-for-role'],
      [{ role: 'brandMember' }, 'invalid-value'],
      [{ role: 'brandMember', brandIds: '*' }, 'not-allowed-for-role'],
      [{ role: 'brandMember', brandIds: ['northwind'], marketplaces: [] }, 'invalid-value'],
      [{ role: 'monitor', marketplaces: ['taobao'] }, 'invalid-request'],
    ] as const
    for (const [membership, code] of refusals) {
      const answer = await invite(invitation({ memberships: [membership] }))
      expect([membership, codeOf(answer)]).toEqual([membership, code])
    }
    const unknown = { memberships: [{ role: 'brandMember', brandIds: ['nobody'] }] }
    expect(codeOf(await invite(invitation(unknown), 'operator'))).toBe('invalid-value')
    const asStaff = invitation({ accountManagerId: 'ana-souza' })
    expect(codeOf(await invite(asStaff))).toBe('not-allowed-for-role')
  })

  it('of staff says which account manager they are', async () => {
    const staff = { memberships: [{ role: 'accountManager' }], accountManagerId: 'ana-souza' }
    const person = (await invite(invitation(staff), 'operator')).json<Shown>()
    expect(person).toMatchObject({
      accountManagerId: 'ana-souza',
      memberships: [{ role: 'accountManager', brandIds: '*', marketplaces: '*' }],
    })
    const unknown = invitation({ ...staff, accountManagerId: 'nobody' })
    expect(codeOf(await invite(unknown, 'operator'))).toBe('invalid-value')
  })
})

describe('what somebody may be', () => {
  it('is changed within the reach of who changes it, and the rest stays', async () => {
    const theirs = buildMembership({ brandIds: ['contoso'] })
    const { person } = await api.makePerson({ memberships: [buildMembership(), theirs] })
    const answer = await change(person, { memberships: [{ ...member, marketplaces: ['taobao'] }] })
    expect(answer.json<Shown>().memberships).toMatchObject([{ marketplaces: ['taobao'] }])
    expect((await read(person)).memberships).toContainEqual(theirs)

    const stolen = { memberships: [{ ...theirs, brandIds: ['northwind'] }] }
    expect(codeOf(await change(person, stolen))).toBe('invalid-value')
    expect(codeOf(await change(person, { name: 'Somebody' }))).toBe('beyond-reach')
    expect(codeOf(await act(person, 'deactivate'))).toBe('beyond-reach')
    expect((await change(person, { memberships: [] })).json<Shown>().memberships).toEqual([])
    expect((await read(person)).memberships).toEqual([theirs])
    expect((await change(person, { name: 'Somebody' })).statusCode).toBe(404)
  })

  it('ends the sessions of a membership that is taken away', async () => {
    const kept = buildMembership({ brandIds: ['contoso'] })
    const taken = buildMembership()
    const { person, session } = await api.makePerson({ memberships: [taken, kept] })
    expect(await isSignedIn(session)).toBe(true)
    await change(person, { memberships: [] })
    expect(await isSignedIn(session)).toBe(false)
  })

  it('is never nothing, and never an administrator’s last word of a brand', async () => {
    const { person } = await api.makePerson({})
    expect(codeOf(await change(person, { memberships: [] }))).toBe('invalid-value')

    const [one, other] = [
      await api.makePerson({ memberships: [admin('fabrikam')] }),
      await api.makePerson({ memberships: [admin('fabrikam')] }),
    ]
    await invite(
      invitation({ memberships: [{ role: 'brandAdmin', brandIds: ['fabrikam'] }] }),
      'operator',
    )
    const both = await Promise.all([
      act(one.person, 'deactivate', 'operator'),
      act(other.person, 'deactivate', 'operator'),
    ])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const left = both[0].statusCode === 200 ? other.person : one.person
    const less = { memberships: [{ role: 'brandMember', brandIds: ['fabrikam'] }] }
    expect(codeOf(await change(left, less, 'operator'))).toBe('last-admin')
    const { rev = 0 } =
      (await database.store.brands.find({ brandIds: '*', marketplaces: '*' }, 'fabrikam')) ?? {}
    await database.store.brands.update({ brandIds: '*', marketplaces: '*' }, 'fabrikam', rev, {
      active: false,
    })
    expect((await change(left, less, 'operator')).statusCode).toBe(200)
  })
})

describe('somebody who is deactivated', () => {
  it('is out at once, and comes back when reactivated', async () => {
    const { person, session } = await api.makePerson({})
    expect(await isSignedIn(session)).toBe(true)
    expect((await act(person, 'deactivate')).json<Shown>().deactivatedAt).not.toBeNull()
    expect(await isSignedIn(session)).toBe(false)
    expect(await database.store.sessions.listOf(person.personId, new Date())).toEqual([])
    expect(codeOf(await invite(invitation({ email: person.email })))).toBe('already-exists')

    expect((await act(person, 'reactivate')).json()).toMatchObject({ deactivatedAt: null })
    expect(await isSignedIn(session)).toBe(false)
  })
})

describe('another process of the API', () => {
  it('lets nobody in who was deactivated, or has signed out, for more than 5 seconds', async () => {
    const other = await startApi({ store: database.store, client: own.client })
    const isInThere = async (session: string) =>
      (await other.call('GET', '/v1/session', { session })).statusCode === 200
    const [gone, out] = [await api.makePerson({}), await api.makePerson({})]
    for (const { session } of [gone, out]) expect(await isInThere(session)).toBe(true)

    await act(gone.person, 'deactivate')
    await api.call('DELETE', '/v1/session', { session: out.session })
    const since = performance.now()
    for (const { session } of [gone, out]) {
      await until('it lets them in no more', async () => !(await isInThere(session)), {
        withinMs: 20_000,
      })
    }
    expect(performance.now() - since).toBeLessThan(5_000)
    await other.close()
  })
})

describe('an address', () => {
  it('is changed by operators only, is nobody else’s, and ends what the old one let in', async () => {
    const { person, session } = await api.makePerson({})
    const { person: other } = await api.makePerson({})
    expect(await isSignedIn(session)).toBe(true)
    const email = 'new.address@northwind.example'
    expect(codeOf(await change(person, { email }))).toBe('not-allowed-for-role')
    const taken = { email: other.email.toLowerCase() }
    expect(codeOf(await change(person, taken, 'operator'))).toBe('already-exists')
    expect((await change(person, { email }, 'operator')).json()).toMatchObject({ email })
    expect(await isSignedIn(session)).toBe(false)
  })
})

describe('an act of somebody who signed in', () => {
  it('is what their membership allows, and says who they are', async () => {
    const asAdmin: Partial<Person> = { name: 'Ines', memberships: [admin()] }
    const { person, session } = await api.makePerson(asAdmin)
    const answer = await api.call('POST', '/v1/people', { session, body: invitation() })
    expect(answer.json()).toMatchObject({ createdBy: person.personId })
    const memberships: Membership[] = [buildMembership()]
    const asMember = await api.makePerson({ memberships })
    const refused = await api.call('GET', '/v1/people', { session: asMember.session })
    expect(codeOf(refused)).toBe('missing-scope')
    const foreign = await api.makePerson({
      memberships: [buildMembership({ brandIds: ['contoso'] })],
    })
    const path = pathOf(foreign.person)
    expect((await api.call('GET', path, { session })).statusCode).toBe(404)
  })
})

describe('a saved view', () => {
  interface View {
    viewId: string
    name: string
    isOwn: boolean
    ownerName: string | null
    mayChange: boolean
    brandId: string | null
    rev: number
  }
  const signedIn = async (name: string, membership: Membership) =>
    (await api.makePerson({ name, memberships: [membership] })).session
  const of = (brandId: string) => buildMembership({ role: 'brandMember', brandIds: [brandId] })
  const save = (session: string, body: object) =>
    api.call('POST', '/v1/views', { session, body: { search: 'view=open', ...body } })
  const listed = async (session: string) =>
    (await api.call('GET', '/v1/views', { session })).json<{ items: View[] }>().items
  const send = (
    method: 'PATCH' | 'DELETE',
    session: string,
    { viewId, rev }: View,
    body?: object,
  ) =>
    api.call(method, `/v1/views/${viewId}`, {
      session,
      ...(body ? { body } : {}),
      headers: { 'if-match': `"${rev}"` },
    })

  it('is its owner’s alone until it is shared, then of their brand, and of no other', async () => {
    const mei = await signedIn('Mei Chen', of('northwind'))
    const lin = await signedIn('Lin', of('northwind'))
    const contoso = await signedIn('Somebody', of('contoso'))
    const made = await save(mei, { name: 'Chargers' })
    expect(made.statusCode).toBe(201)
    const view = made.json<View>()
    expect(view).toMatchObject({ isOwn: true, mayChange: true, brandId: null, rev: 1 })
    expect(await listed(lin)).toEqual([])
    for (const other of [lin, contoso]) {
      expect((await send('PATCH', other, view, { name: 'Taken' })).statusCode).toBe(404)
      expect((await send('DELETE', other, view)).statusCode).toBe(404)
    }

    const beyond = await send('PATCH', mei, view, { brandId: 'contoso' })
    expect(beyond.statusCode).toBe(404)
    const shared = (await send('PATCH', mei, view, { brandId: 'northwind' })).json<View>()
    expect(await listed(lin)).toMatchObject([
      { viewId: view.viewId, isOwn: false, mayChange: false, ownerName: 'Mei Chen' },
    ])
    expect(await listed(contoso)).toEqual([])
    expect(problemOf(await send('DELETE', lin, shared)).code).toBe('not-allowed-for-role')
    expect(problemOf(await send('PATCH', mei, view, { name: 'Old' })).code).toBe('stale-revision')

    const administrator = await signedIn('Admin', admin())
    const renamed = await send('PATCH', administrator, shared, { name: 'Chargers 65 W' })
    expect(renamed.json<View>()).toMatchObject({ name: 'Chargers 65 W', ownerName: 'Mei Chen' })
    expect((await send('DELETE', administrator, renamed.json<View>())).statusCode).toBe(204)
    expect(await listed(mei)).toEqual([])
  })

  it('stays with its brand when whoever shared it leaves', async () => {
    const { person, session } = await api.makePerson({ memberships: [of('adatum')] })
    const colleague = await signedIn('Colleague', of('adatum'))
    expect((await save(session, { name: 'Ours', brandId: 'adatum' })).statusCode).toBe(201)
    await database.store.people.change(person.personId, null, { memberships: [of('contoso')] })
    const fresh = await signedIn('Elsewhere', of('contoso'))
    expect(await listed(fresh)).toEqual([])
    expect(await listed(colleague)).toMatchObject([{ name: 'Ours' }])
  })

  it('is refused with a name or an address that is none', async () => {
    const session = await signedIn('Mei Chen', of('northwind'))
    for (const body of [{ name: ' ' }, { name: 'n', search: 'a b' }, { name: 'n', more: 1 }]) {
      expect((await save(session, body)).statusCode).toBe(400)
    }
    expect((await save(session, { name: 'n', brandId: 'contoso' })).statusCode).toBe(404)
    expect(await listed(session)).toEqual([])
  })
})
