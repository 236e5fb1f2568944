import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MAKES } from '../../api/callers/scopes.js'
import { isBrandRole, type Role } from '../../domain/vocabulary.js'
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
import { randomSuffix, sha256Hex } from '../../platform/digest.js'
import { saveBuiltQuestion } from '../builders/question.js'
import { buildSighting } from '../builders/sighting.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { beginSweep, callAbout, type Ids, type Operation, operations } from './operations.js'
import { type Answer, startApi, type TestApi } from './test-api.js'

// What every operation touches here belongs to a brand on the marketplace taobao.
const COVERAGES = ['all', 'inside', 'outside'] as const
type Coverage = (typeof COVERAGES)[number]
const STANDINGS = ['active', 'inactive'] as const
type Standing = (typeof STANDINGS)[number]

/** Calls under way: a call waits for the database more than it works. */
const AT_ONCE = 6

interface Combination {
  role: Role
  brands: Coverage
  marketplaces: Coverage
  standing: Standing
}
const combinations = (roles: readonly Role[]): Combination[] =>
  roles.flatMap((role) =>
    COVERAGES.filter((brands) => brands !== 'all' || !isBrandRole(role)).flatMap((brands) =>
      COVERAGES.flatMap((marketplaces) =>
        STANDINGS.map((standing) => ({ role, brands, marketplaces, standing })),
      ),
    ),
  )

let database: TestDatabase
let own: OwnNamespace
let api: TestApi
const ids = {} as Record<Standing, Ids>
const secrets = new Map<string, string>()

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  api = await startApi({ store: database.store, client: own.client })
  const { accountManagers, brands } = database.store
  await accountManagers.create(buildAccountManager({ leadId: null }))
  await brands.create(buildBrand({ brandId: 'elsewhere' }))
  for (const standing of STANDINGS) {
    const brandId = `brand-${standing}`
    await brands.create(buildBrand({ brandId, active: standing === 'active' }))
    const built = buildCase({ sighting: buildSighting({ brandId }) })
    await saveBuiltCase(database.store, built)
    const made = { role: 'brandMember', brandIds: [brandId], marketplaces: ['taobao'] } as const
    const { keyId } = await api.makeKey({ ...made, brandIds: [brandId], marketplaces: ['taobao'] })
    const { refusedReports } = database.store
    const reason = { reason: 'unknownBrand', detail: 'too early' } as const
    const sighting = buildSighting({ brandId })
    await refusedReports.add({ ...reason, at: new Date(), keyId, caseId: null, sighting })
    const own = { brandIds: [brandId], marketplaces: '*' } as const
    const [refused] = await refusedReports.list(own, { limit: 1 })
    const sha256 = sha256Hex('picture of a bag')
    const absent = { entryId: '', referenceId: '', viewId: '', endpointId: '', deliveryId: '' }
    const { contactId = '' } = buildBrand().contacts[0] ?? {}
    const named = { keyId, accountManagerId: 'ana-souza', contactId, ...absent, sha256 }
    const refusalId = refused?.refusalId ?? ''
    const { person } = await api.makePerson({
      memberships: [
        buildMembership({ role: 'brandMember', brandIds: [brandId], marketplaces: ['taobao'] }),
      ],
    })
    const ofPerson = { personId: person.personId, sessionId: '' }
    const sweepId = await beginSweep(api, brandId, 'taobao')
    const questionId = await saveBuiltQuestion(database.store, brandId)
    const more = { refusalId, sweepId, questionId }
    ids[standing] = { caseId: built.caseId, brandId, ...more, ...named, ...ofPerson }
  }
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

/** What an operation may use up, made anew where its path names it. */
async function made({ id, path }: Operation, { brandId, sha256 }: Ids): Promise<Partial<Ids>> {
  const names = (parameter: string) => path.includes(`{${parameter}}`)
  const { authorisedSellers, references } = database.store
  const ids: Partial<Ids> = names('endpointId') ? await makeEndpoint(brandId) : {}
  if (names('entryId')) {
    ids.entryId = (await authorisedSellers.add(buildAuthorisedSeller({ brandId }))).entryId
  }
  if (names('referenceId')) {
    const picture = { sha256, phash: '0'.repeat(16), width: 1, height: 1 }
    // Whoever may see the reference sees its picture, whichever marketplace shows it in a case.
    const pictures = id === 'removeReferencePicture' ? [picture] : []
    const reference = buildReference({ brandId, pictures })
    await references.add(reference, 10_000)
    ids.referenceId = reference.referenceId
  }
  if (names('viewId')) {
    ids.viewId = `v-${randomSuffix()}`
    const view = { viewId: ids.viewId, brandId, ownerId: 'p-else', name: 'Theirs', search: '' }
    await database.store.savedViews.add({ ...view, rev: 1, updatedAt: new Date() }, 10_000)
  }
  return ids
}

async function makeEndpoint(brandId: string): Promise<Pick<Ids, 'endpointId' | 'deliveryId'>> {
  const { webhookEndpoints, webhookDeliveries } = database.store
  const endpoint = buildEndpoint({ brandId })
  const { endpointId } = endpoint
  await webhookEndpoints.create(endpoint, 10_000)
  await webhookDeliveries.add([buildMessage({ brandId, endpointId })], new Date())
  const [delivery] = await webhookDeliveries.list(endpointId, {}, { limit: 1 })
  return { endpointId, deliveryId: delivery?.deliveryId ?? '' }
}

async function secretOf(combination: Combination): Promise<string> {
  const name = Object.values(combination).join(' ')
  const known = secrets.get(name)
  if (known) return known
  const { role, brands, marketplaces, standing } = combination
  const { secret } = await api.makeKey({
    role,
    name,
    brandIds: { all: '*' as const, inside: [`brand-${standing}`], outside: ['elsewhere'] }[brands],
    marketplaces: { all: '*' as const, inside: ['taobao'], outside: ['tmall'] }[marketplaces],
  })
  secrets.set(name, secret)
  return secret
}

/** The code an operation is to be refused with, or `null` where the key reaches what it touches. */
function refusalOf({ id, method, path, reach }: Operation, given: Combination): string | null {
  const { role, brands, marketplaces, standing } = given
  const coversBrand = brands !== 'outside'
  const coversMarketplace = marketplaces !== 'outside'
  const inactive =
    isBrandRole(role) && standing === 'inactive' && method !== 'GET' ? 'brand-inactive' : null
  switch (reach) {
    case 'case':
      if (!/\{(caseId|sha256)\}/.test(path)) return null
      return coversBrand && coversMarketplace ? inactive : 'not-found'
    case 'question':
      // The one that is asked for is about no case.
      if (id === 'listQuestions' || coversBrand) return inactive
      return 'not-found'
    case 'report':
      if (!path.includes('{refusalId}')) return null
      return coversBrand && coversMarketplace ? null : 'not-found'
    case 'brand':
      if (!path.includes('{brandId}')) return null
      return coversBrand ? inactive : 'not-found'
    case 'wholeBrand':
      if (id === 'createBrand') {
        return brands === 'all' && marketplaces === 'all' ? null : 'beyond-reach'
      }
      if (!coversBrand) return 'not-found'
      return marketplaces === 'all' ? inactive : 'beyond-reach'
    case 'brandOnMarketplace':
      if (id === 'reportCases') return null
      if (!coversBrand) return 'not-found'
      if (inactive) return inactive
      if (coversMarketplace || id === 'importAuthorisedSellers') return null
      return id === 'addAuthorisedSeller' ? 'invalid-value' : 'not-found'
    case 'platform':
      return brands === 'all' && marketplaces === 'all' ? null : 'beyond-reach'
    case 'key': {
      const isOfTheirs = MAKES[role]?.includes('brandMember') && coversBrand && coversMarketplace
      if (id === 'createApiKey') return isOfTheirs ? inactive : 'not-allowed-for-role'
      return !path.includes('{keyId}') || isOfTheirs ? null : 'not-found'
    }
    case 'person': {
      const isOfTheirs = MAKES[role]?.includes('brandMember') && coversBrand && coversMarketplace
      if (id === 'invitePerson') return isOfTheirs ? inactive : 'not-allowed-for-role'
      if (!path.includes('{personId}')) return null
      return isOfTheirs ? inactive : 'not-found'
    }
    case 'view':
      if (!path.includes('{viewId}')) return null
      return coversBrand ? inactive : 'not-found'
    case 'session':
      return 'unauthenticated'
    case 'sweep':
      return coversBrand && coversMarketplace ? null : 'not-found'
    case 'own':
    case 'staff':
      return null
  }
}

const REFUSALS = ['missing-scope', 'not-found', 'beyond-reach', 'brand-inactive']

function codeOf(answer: Answer): string | null {
  const isProblem = answer.statusCode >= 400
  const { code } = isProblem ? answer.json<{ code: string }>() : { code: '' }
  return isProblem && [...REFUSALS, 'unauthenticated'].includes(code) ? code : null
}

/** The code the key is refused with, or `null` where it reaches, whatever else is the matter. */
async function refusalBy(operation: Operation, given: Combination): Promise<string | null> {
  const kept = ids[given.standing]
  const target = { ...kept, ...(await made(operation, kept)) }
  const answer = await callAbout(api, operation, await secretOf(given), target)
  if (refusalOf(operation, given) === null) return codeOf(answer)
  return answer.statusCode >= 400 ? answer.json<{ code: string }>().code : null
}

describe('how far a key reaches', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s, by every role it is open to, within and outside its brands and marketplaces',
    async (_id, operation) => {
      const given = combinations(operation.roles)
      for (let first = 0; first < given.length; first += AT_ONCE) {
        const some = given.slice(first, first + AT_ONCE)
        const refusals = await Promise.all(some.map((one) => refusalBy(operation, one)))
        const got = some.map((one, index) => ({ ...one, refusal: refusals[index] }))
        expect(got).toEqual(some.map((one) => ({ ...one, refusal: refusalOf(operation, one) })))
      }
    },
  )

  it('is the same in a table of authorised sellers, line by line', async () => {
    for (const given of combinations(['brandAdmin', 'operator'])) {
      if (given.brands === 'outside' || given.standing === 'inactive') continue
      const { brandId } = ids[given.standing]
      const answer = await api.call('POST', `/v1/brands/${brandId}/authorised-sellers:import`, {
        key: await secretOf(given),
        headers: { 'content-type': 'text/csv' },
        body: 'marketplace,sellerId\r\ntaobao,within-reach\r\n',
      })
      const [line] = answer.json<{ results: { result: string; problem?: { code: string } }[] }>()
        .results
      const isOutside = given.marketplaces === 'outside'
      expect([line?.result === 'refused', line?.problem?.code]).toEqual(
        isOutside ? [true, 'invalid-value'] : [false, undefined],
      )
    }
  })

  it('is the same in a batch, item by item', async () => {
    for (const given of combinations(['brandMember', 'brandAdmin', 'accountManager', 'lead'])) {
      const { caseId } = ids[given.standing]
      const body = { verdict: 'genuine', proof: 'by telephone', decisions: [{ caseId }] }
      const answer = await api.call('POST', '/v1/decisions:batch', {
        key: await secretOf(given),
        body,
      })
      const [item] = answer.json<{ results: { problem?: { code: string } }[] }>().results
      const code = item?.problem?.code ?? null
      const isOutside = given.brands === 'outside' || given.marketplaces === 'outside'
      const isInactive = isBrandRole(given.role) && given.standing === 'inactive'
      const expected = isOutside ? 'not-found' : isInactive ? 'brand-inactive' : 'case-interrupted'
      expect({ ...given, code }).toEqual({ ...given, code: expected })
    }
  })
})
