import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PersonRole, ROLES, type Role } from '../../domain/vocabulary.js'
import {
  buildAccountManager,
  buildAuthorisedSeller,
  buildBrand,
  buildReference,
} from '../builders/brand.js'
import { buildCase } from '../builders/case.js'
import { buildEndpoint, buildMessage } from '../builders/webhook.js'
import { buildMembership } from '../builders/person.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { saveBuiltQuestion } from '../builders/question.js'
import { sha256Hex } from '../../platform/digest.js'
import { buildSighting } from '../builders/sighting.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { buildNewCase } from './new-case.js'
import { beginSweep, callAbout, type Ids, type Operation, operations } from './operations.js'
import { type Answer, problemOf, startApi, tenantOf, type TestApi } from './test-api.js'

const MISSING: Ids = {
  caseId: 'case~taobao~1~northwind~aaaaaaaaaaaaa',
  brandId: 'nobody',
  entryId: 'as-none',
  keyId: 'aaaaaaaa',
  accountManagerId: 'nobody',
  refusalId: 'none',
  sweepId: 'none',
  questionId: 'none',
  personId: 'p-none',
  sessionId: 's-none',
  referenceId: 'ref-none',
  contactId: 'nobody',
  viewId: 'v-none',
  endpointId: 'we-none',
  deliveryId: 'wd-none',
  sha256: '0'.repeat(64),
}

let database: TestDatabase
let own: OwnNamespace
let api: TestApi
let owned: Ids
let foreign: Ids

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  api = await startApi({ store: database.store, client: own.client })
  const { accountManagers } = database.store
  await accountManagers.create(buildAccountManager({ leadId: null }))
  owned = await makeTenant('northwind', 'taobao')
  foreign = await makeTenant('contoso', 'tmall')
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

async function makeTenant(brandId: string, marketplace: string): Promise<Ids> {
  const { authorisedSellers, brands } = database.store
  await brands.create(buildBrand({ brandId }))
  const sha256 = sha256Hex(`picture of ${brandId}`)
  const listing = { marketplace, pictures: [{ sha256 }] }
  const built = buildCase({ sighting: buildSighting({ brandId, listing }) })
  await saveBuiltCase(database.store, built)
  const { entryId } = await authorisedSellers.add(buildAuthorisedSeller({ brandId }))
  const { keyId } = await api.makeKey({ role: 'brandMember', brandIds: [brandId] })
  await database.store.refusedReports.add({
    reason: 'unknownBrand',
    detail: 'too early',
    at: new Date(),
    keyId,
    caseId: null,
    sighting: buildSighting({ brandId, listing: { marketplace } }),
  })
  const refused = await database.store.refusedReports.list(
    { brandIds: [brandId], marketplaces: '*' },
    { limit: 1 },
  )
  const { refusalId = '' } = refused[0] ?? {}
  const { referenceId } = buildReference({ brandId })
  await database.store.references.add(buildReference({ brandId, referenceId }), 9)
  const viewId = `v-${brandId}`
  const view = { viewId, brandId, ownerId: 'p-else', name: `Of ${brandId}`, search: 'view=open' }
  await database.store.savedViews.add({ ...view, rev: 1, updatedAt: new Date() }, 9)
  const accountManagerId = 'ana-souza'
  const sweepId = await beginSweep(api, brandId, marketplace)
  const { person, session } = await api.makePerson({
    memberships: [buildMembership({ role: 'brandMember', brandIds: [brandId] })],
  })
  const { personId } = person
  const { endpointId, deliveryId } = await makeEndpoint(brandId)
  const { sessionId = '' } = (await database.store.sessions.find(sha256Hex(session))) ?? {}
  const contactId = buildBrand().contacts[0]?.contactId ?? ''
  return {
    ...{ caseId: built.caseId, brandId, entryId, keyId, accountManagerId, refusalId, sweepId },
    questionId: await saveBuiltQuestion(database.store, brandId),
    ...{ personId, sessionId, sha256, referenceId, contactId, viewId, endpointId, deliveryId },
  }
}

async function makeEndpoint(brandId: string): Promise<Pick<Ids, 'endpointId' | 'deliveryId'>> {
  const { webhookEndpoints, webhookDeliveries } = database.store
  const endpoint = buildEndpoint({ brandId })
  const { endpointId } = endpoint
  await webhookEndpoints.create(endpoint, 1)
  await webhookDeliveries.add([buildMessage({ brandId, endpointId })], new Date())
  const [delivery] = await webhookDeliveries.list(endpointId, {}, { limit: 1 })
  return { endpointId, deliveryId: delivery?.deliveryId ?? '' }
}

/** The two ways of calling: with a key, or signed in, each time anew, as an operation may sign out. */
const WAYS = ['key', 'session'] as const
type Way = (typeof WAYS)[number]

async function call(operation: Operation, way: Way, role: Role, ids: Ids): Promise<Answer> {
  if (way === 'key') return callAbout(api, operation, role, ids)
  const memberships = [buildMembership({ role: role as PersonRole, ...tenantOf(role) })]
  const { session } = await api.makePerson({ memberships })
  return callAbout(api, operation, { session }, ids)
}

const isForSessions = ({ reach }: Operation) => reach === 'session'
const named = operations.filter(({ path }) => path.includes('{'))

/** Every operation, way and role; no monitor signs in, and no key has a session. */
const attempts = (all: Operation[]) =>
  all.flatMap((operation) =>
    WAYS.flatMap((way) =>
      ROLES.filter((role) => way === 'key' || role !== 'monitor').map(
        (role) => [operation.id, way, role, operation] as [string, Way, Role, Operation],
      ),
    ),
  )
const possible = ([, way, , operation]: [string, Way, Role, Operation]) =>
  way === 'session' || !isForSessions(operation)

describe('every operation', () => {
  it('names the roles that may use it', () => {
    expect(operations.length).toBeGreaterThan(30)
    for (const { roles } of operations) expect(ROLES).toEqual(expect.arrayContaining(roles))
  })

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s needs a key or a session',
    async (_id, { method, path }) => {
      const answer = await api.call(method, path.replace(/[{}]/g, ''), { key: null, body: {} })
      expect([answer.statusCode, problemOf(answer).code]).toEqual([401, 'unauthenticated'])
    },
  )

  it.each(attempts(operations).filter(possible))(
    '%s by the %s of %s is refused, or open to them',
    async (_id, way, role, operation) => {
      const answer = await call(operation, way, role, MISSING)
      const refused = answer.statusCode === 403 && problemOf(answer).code === 'missing-scope'

      expect(refused).toBe(!operation.roles.includes(role))
    },
  )
})

describe('an operation on sessions', () => {
  const byKey = attempts(operations).filter((attempt) => !possible(attempt))

  it.each(byKey)('%s is not for the %s of %s', async (_id, way, role, operation) => {
    const answer = await call(operation, way, role, owned)
    expect([answer.statusCode, problemOf(answer).code]).toEqual([401, 'unauthenticated'])
  })
})

// Operators look after all brands, and account managers are known to all staff.
const isTenant = ([, , role, { path, roles }]: [string, Way, Role, Operation]) =>
  role !== 'operator' && roles.includes(role) && !path.includes('{accountManagerId}')

describe('what belongs to somebody else', () => {
  const theirsToAskFor = attempts(named).filter(possible).filter(isTenant)

  it.each(theirsToAskFor)('%s by the %s of %s: it does not exist', async (_id, way, role, op) => {
    const theirs = await call(op, way, role, foreign)
    const nobodys = await call(op, way, role, MISSING)

    expect(theirs.statusCode).toBe(404)
    if (op.path.includes('{caseId}')) return
    expect(nobodys.statusCode).toBe(404)
    const { requestId: _a, ...theirProblem } = problemOf(theirs)
    const { requestId: _b, ...noProblem } = problemOf(nobodys)
    expect(theirProblem).toEqual(noProblem)
  })

  const lists = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'))

  it.each(attempts(lists).filter(possible).filter(isTenant))(
    'is not in %s by the %s of %s',
    async (_id, way, role, operation) => {
      const answer = await call(operation, way, role, owned)
      expect(answer.statusCode).toBe(200)
      expect(answer.body).not.toContain('contoso')
    },
  )

  it('is not found by a filter or decided in a batch', async () => {
    const list = await api.call('GET', '/v1/cases?brandId=contoso', { key: 'lead' })
    expect(list.json()).toEqual({ items: [], next: null })
    const body = { verdict: 'genuine', decisions: [{ caseId: foreign.caseId }] }
    const batch = await api.call('POST', '/v1/decisions:batch', { key: 'brandMember', body })
    expect(batch.json()).toMatchObject({ results: [{ status: 404 }] })
    const report = { cases: [buildNewCase({ listing: { marketplace: 'tmall' } })] }
    const intake = await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: report })
    expect(intake.json()).toMatchObject({ results: [{ problem: { code: 'not-found' } }] })
  })

  it('is untouched after all of this', async () => {
    const { store } = database
    const everything = { brandIds: '*', marketplaces: '*' } as const
    expect((await store.cases.get(everything, foreign.caseId))?.rev).toBe(2)
    expect((await store.brands.find(everything, 'contoso'))?.rev).toBe(1)
    expect((await store.apiKeys.find(foreign.keyId))?.revokedAt).toBeNull()
    expect(await store.people.find(foreign.personId)).toMatchObject({ rev: 1, deactivatedAt: null })
    expect(await store.sessions.listOf(foreign.personId, new Date())).toHaveLength(1)
    expect(await store.webhookEndpoints.get(foreign.endpointId)).toMatchObject({
      ...{ description: null, replay: null, disabled: null },
    })
    const sellers = await store.authorisedSellers.list(everything, 'contoso', { limit: 5 })
    expect(sellers).toHaveLength(1)
  })
})

describe('what is the caller’s own', () => {
  // Of its own there is no decision, and a picture that nobody has.
  const absent = ['getDecision', 'readPicture']
  const reads = named.filter(({ method, id }) => method === 'GET' && !absent.includes(id))
  const readable = attempts(reads)
    .filter(possible)
    .filter(([, , role, { roles }]) => roles.includes(role))

  it.each(readable)(
    '%s by the %s of %s: it can be read, without anything internal',
    async (_id, way, role, op) => {
      const answer = await call(op, way, role, owned)

      expect(answer.statusCode).toBe(200)
      expect(answer.body).not.toMatch(
        /"(hash|address|touched|workingTime|canonical|_id|suspended)":(?!"[0-9a-f]{64}")/,
      )
    },
  )

  it('is the only thing an agency sees, for each of its brands', async () => {
    const brandIds = ['northwind', 'contoso']
    const { secret } = await api.makeKey({ role: 'brandMember', brandIds })
    const list = await api.call('GET', '/v1/cases', { key: secret })
    const seen = list.json<{ items: { brandId: string }[] }>().items.map((c) => c.brandId)

    expect(new Set(seen)).toEqual(new Set(brandIds))
  })
})
