import type { Case } from '../../contract/case.js'
import type { NewDecision } from '../../contract/decision.js'
import { type BrandPolicy, DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import { type Answer, type Call, casePath, problemOf, startApi, type TestApi } from './test-api.js'

export const CONFIRMED: NewDecision = { verdict: 'counterfeit', attestation: { accepted: true } }

/** Cases and what their people do to them through the API, on a running service. */
export interface CaseApi {
  service: TestService
  api: TestApi
  /** A case that the brand has been asked about. */
  open(): Promise<string>
  openMany(count: number): Promise<string[]>
  /** A case that the brand has been asked about and has found genuine. */
  openAndRelease(): Promise<string>
  /** Answers on the listing as the case shows it, unless the body names another. */
  decide(caseId: string, body: NewDecision, call?: Call): Promise<Answer>
  /** Decides about many cases at once; a text is CSV. */
  batch(body: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Names what the case shows, as an item of a batch does. */
  asShown(caseId: string): Promise<{ caseId: string; shownHash: string | null }>
  /** Sends what an account manager does to a case: `path` says what. */
  send(caseId: string, path: string, body: object, call?: Call): Promise<Answer>
  read(caseId: string, key?: string): Promise<Case>
  stop(): Promise<void>
}

/** Starts it with a brand whose single decisions take effect at once, unless told otherwise. */
export async function startCaseApi(
  coolingOffMs: BrandPolicy['coolingOffMs'] = { single: 0, bulk: 600_000 },
): Promise<CaseApi> {
  const service = await startService({ brand: { policy: { ...DEFAULT_POLICY, coolingOffMs } } })
  const api = await startApi(service)

  const open = async () => (await reportAskedCase(service)).caseId
  const read = async (caseId: string, key = 'brandMember') =>
    (await api.call('GET', casePath(caseId), { key })).json<Case>()
  const decide: CaseApi['decide'] = async (caseId, body, call = {}) => {
    const { shownHash } = body.shownHash ? body : await read(caseId, 'operator')
    const named = { ...(shownHash ? { shownHash } : {}), ...body }
    return api.call('POST', casePath(caseId, '/decision'), {
      key: 'brandMember',
      body: named,
      ...call,
    })
  }
  return {
    service,
    api,
    open,
    openMany: (count) => Promise.all(Array.from({ length: count }, open)),
    openAndRelease: async () => {
      const caseId = await open()
      const answer = await decide(caseId, { verdict: 'genuine' })
      if (answer.statusCode !== 200) throw new Error(`not decided: ${answer.body}`)
      await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
      return caseId
    },
    decide,
    asShown: async (caseId) => {
      const { shownHash } = await read(caseId, 'operator')
      return { caseId, shownHash }
    },
    batch: (body, headers = {}) =>
      api.call('POST', '/v1/decisions:batch', { key: 'brandMember', body, headers }),
    send: (caseId, path, body, call = {}) =>
      api.call('POST', casePath(caseId, `/${path}`), { key: 'accountManager', body, ...call }),
    read,
    stop: async () => {
      await api.close()
      await service.stop()
    },
  }
}

/** Status and code of a problem. */
export const outcome = (answer: Answer) => [answer.statusCode, problemOf(answer).code]
