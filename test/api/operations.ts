import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Reach, Scope } from '../../api/callers/scopes.js'
import { DEFAULT_POLICY } from '../../domain/brand/policy.js'
import type { Role } from '../../domain/vocabulary.js'
import { until } from '../../local/until.js'
import { buildBrand } from '../builders/brand.js'
import { buildNewCase } from './new-case.js'
import type { Answer, Call, Method, TestApi } from './test-api.js'

/** An operation of the contract that needs a key, with the roles, scope and reach it names. */
export interface Operation {
  id: string
  method: Method
  path: string
  roles: Role[]
  scope: Scope
  reach: Reach
}
interface Described {
  operationId: string
  description?: string
  'x-scope': Scope
  'x-reach': Reach
}
const contract = JSON.parse(
  await readFile(path.join(import.meta.dirname, '../../openapi.json'), 'utf8'),
) as { paths: Record<string, Record<string, Described>> }

/** All of them. */
export const operations: Operation[] = Object.entries(contract.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      id: described.operationId,
      method: method.toUpperCase() as Method,
      path,
      roles: /Roles: (.*)\.$/.exec(described.description ?? '')?.[1]?.split(', ') as Role[],
      scope: described['x-scope'],
      reach: described['x-reach'],
    })),
  )
  .filter(({ scope }) => scope !== undefined)

/** Ids of the things that operations name: the caller's own, somebody else's, or nobody's. */
export interface Ids {
  caseId: string
  brandId: string
  entryId: string
  keyId: string
  accountManagerId: string
  refusalId: string
  sweepId: string
  questionId: string
  personId: string
  sessionId: string
  referenceId: string
  contactId: string
  viewId: string
  endpointId: string
  deliveryId: string
  /** Of a picture. */
  sha256: string
}

const note = 'a reason'
/** A body that fits, by operation; what is not named needs none. */
function bodyOf(id: string, ids: Ids): object | undefined {
  const bodies: Record<string, object> = {
    reportCase: buildNewCase({ brandId: ids.brandId }),
    reportCases: { cases: [buildNewCase({ brandId: ids.brandId })] },
    recallRule: { ruleId: 'r', monitorVersion: '1' },
    reassignCases: { to: 'ana-souza', caseIds: [ids.caseId] },
    decideCase: { verdict: 'genuine', proof: 'by telephone' },
    decideCases: { verdict: 'genuine', decisions: [{ caseId: ids.caseId }] },
    undecide: { decisionId: 'd', reason: note },
    extendDeadline: { until: '2030-01-01T00:00:00Z' },
    reassign: { role: 'accountManager', to: 'ana-souza' },
    returnToBrand: { message: note },
    retryTakedown: {},
    closeManually: { reason: note },
    withdraw: { reason: note },
    addNote: { text: note },
    createBrand: { brandId: `new-${ids.brandId}`, name: 'N', contacts: buildBrand().contacts },
    changeBrand: { name: 'Renamed' },
    savePolicy: DEFAULT_POLICY,
    replayPolicy: DEFAULT_POLICY,
    saveContactMailSettings: { frequency: 'daily', news: true },
    addAuthorisedSeller: { marketplace: 'taobao', sellerId: 's' },
    createAccountManager: {
      accountManagerId: 'new-one',
      name: 'N',
      email: 'n@x.example',
      locale: 'en',
      role: 'lead',
    },
    askQuestion: { text: note, brandId: ids.brandId },
    answerQuestion: { text: note },
    changeAccountManager: { name: 'Renamed' },
    pauseMarketplace: { reason: note },
    resumeMarketplace: { reason: note },
    setAbsence: { from: '2029-12-01T00:00:00Z', until: '2030-01-01T00:00:00Z', coverId: 'nobody' },
    createApiKey: {
      name: 'n',
      role: 'brandMember',
      brandIds: [ids.brandId],
      marketplaces: ['taobao'],
    },
    invitePerson: {
      name: 'N',
      email: `new@${ids.brandId}.example`,
      locale: 'en',
      memberships: [{ role: 'brandMember', brandIds: [ids.brandId], marketplaces: ['taobao'] }],
    },
    changePerson: { name: 'Renamed' },
    actAs: { membershipId: 'm-none' },
    addReference: { name: 'Bag' },
    saveView: { name: 'Mine', search: 'view=open' },
    changeSavedView: { name: 'Renamed' },
    changeReference: { name: 'Renamed' },
    fetchReferencePicture: { url: 'https://127.0.0.1/bag.png' },
    createWebhook: { url: 'https://hooks.example/cases' },
    changeWebhook: { description: 'Renamed' },
    rotateWebhookSecret: {},
    replayWebhook: { from: new Date(Date.now() - 3_600_000).toISOString() },
  }
  return bodies[id]
}

/** What takes tables only. */
const CSV: Record<string, string> = {
  importAuthorisedSellers: 'marketplace,sellerId\r\ntaobao,s\r\n',
}

/** What paths name besides. */
const FIXED: Record<string, string> = { decisionId: 'd', marketplace: 'taobao' }

/** Calls it about the things of `ids`, with a body that fits; `by` is a key (a role or a secret) or a session. */
export function callAbout(
  api: TestApi,
  { id, method, path }: Operation,
  by: string | Pick<Call, 'key' | 'session'>,
  ids: Ids,
): Promise<Answer> {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(FIXED[name] ?? ids[name as keyof Ids]),
  )
  const csv = CSV[id]
  const headers = { 'if-match': '"999"', ...(csv ? { 'content-type': 'text/csv' } : {}) }
  const body = csv ?? bodyOf(id, ids)
  const caller = typeof by === 'string' ? { key: by } : by
  return api.call(method, url, { ...caller, headers, ...(body ? { body } : {}) })
}

/** Begins a recall, as a monitor for this brand and marketplace does; returns its id. */
export async function beginSweep(
  api: TestApi,
  brandId: string,
  marketplace: string,
): Promise<string> {
  const limits = { brandIds: [brandId], marketplaces: [marketplace] }
  const { secret } = await api.makeKey({ role: 'monitor', ...limits })
  const body = { ruleId: 'r', monitorVersion: '1' }
  // A busy server may not take a start within the time the API gives it.
  return until(
    'a recall begins',
    async () => {
      const answer = await api.call('POST', '/v1/cases:withdraw', { key: secret, body })
      if (answer.statusCode === 503) return null
      return answer.json<{ sweepId: string }>().sweepId
    },
    { withinMs: 30_000 },
  )
}
