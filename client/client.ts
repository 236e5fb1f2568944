import type { Case, CaseSummary } from '../contract/case.js'
import type { CaseListQuery } from '../contract/case-list.js'
import type { PresentedEvent } from '../contract/event.js'
import { type ClientOptions, type Connection, createConnection } from './connection.js'
import { ApiRefusal } from './errors.js'
import { casePath } from './paths.js'
import { type RepeatableReport, reportAll, type ReportAnswer } from './reporting.js'

/** The API under one key. Throws `ApiRefusal` and `ApiUnreachable`. */
export interface ApiClient extends Omit<Connection, 'attempt' | 'repeat'> {
  readonly key: string
  /** Cases that fit the query, newest first unless it says otherwise. */
  cases(query?: CaseListQuery, limit?: number): Promise<CaseSummary[]>
  /** `null` when the key sees no such case. */
  readCase(caseId: string): Promise<Case | null>
  events(caseId: string): Promise<PresentedEvent[]>
  /**
   * Reports cases, in requests as large as the service takes, and gives an answer for each, in their
   * order; asks again for those that it could not take at that moment. `onAnswer` hears of every
   * request that was answered: how many of the reports have an answer.
   */
  report(
    cases: readonly RepeatableReport[],
    onAnswer?: (answered: number) => void,
  ): Promise<ReportAnswer[]>
}

/** The API at `baseUrl` (with or without `/v1`) under `key`. */
export function createApiClient(
  baseUrl: string,
  key: string,
  options: ClientOptions = {},
): ApiClient {
  const { attempt, repeat, ...connection } = createConnection(baseUrl, key, options)
  return {
    key,
    ...connection,
    cases: (query = {}, limit) => connection.list<CaseSummary>('/cases', query, 'cursor', limit),
    async readCase(caseId) {
      try {
        return await connection.get<Case>(casePath(caseId))
      } catch (error) {
        if (error instanceof ApiRefusal && error.status === 404) return null
        throw error
      }
    },
    events: async (caseId) =>
      (await connection.get<{ items: PresentedEvent[] }>(casePath(caseId, '/events'))).items,
    report: (cases, onAnswer) =>
      reportAll(
        cases,
        {
          attempt: (some) => attempt('POST', '/cases:batch', { body: { cases: some } }),
          repeat,
        },
        onAnswer,
      ),
  }
}
