import { Type } from 'typebox'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { unopenedCase } from '../../domain/case/state.js'
import type { CaseRow, Store } from '../../store/store.js'
import type { ListingCaseMemo } from '../../workflows/case/start.js'
import { actingIn, lookingAfter } from '../cases/acting.js'
import { filterOf } from '../cases/filter-of.js'
import { allowedFor } from '../cases/allowed.js'
import type { ApiCaller } from '../callers/caller.js'
import type { CaseAddress } from '../cases/gateway.js'
import { CALL_TIMEOUT_MS } from '../process-gateway.js'
import { readCursor, writeCursor } from '../http/cursor.js'
import type { RouteDeps } from '../deps.js'
import { notFound } from '../errors.js'
import { type Case, CaseSchema } from '../../contract/case.js'
import { CaseListQuerySchema, CasePageSchema } from '../../contract/case-list.js'
import { readerOf } from '../present/reader.js'
import { openingRow, presentCase, presentSummary } from '../present/case.js'
import { CaseParams, DEFAULT_LIMIT } from '../../contract/common.js'
import { EventSchema } from '../../contract/event.js'
import { presentEvents } from '../present/event.js'
import { sellerHistoryOf } from '../cases/seller-history.js'
import { supersededBy } from '../cases/superseded-by.js'
import { temporalUiUrl } from '../cases/temporal-ui.js'
import { type App, callerOf } from './route.js'

/** Reading cases. */
export function caseRoutes(app: App, deps: RouteDeps): void {
  const { store, temporal, gateway, standing, namesOf, config, now } = deps

  app.get(
    '/cases',
    {
      config: { scope: 'cases:read', problems: ['invalid-cursor'] },
      schema: {
        operationId: 'listCases',
        summary: 'List cases, newest first unless sorted otherwise',
        tags: ['Cases'],
        querystring: CaseListQuerySchema,
        response: { 200: CasePageSchema },
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, cursor, sort = '-openedAt', ...given } = request.query
      const filter = await filterOf(store, given)
      const list = { ...given, sort }
      const after = cursor === undefined ? undefined : readCursor(cursor, list)
      const page = { limit, sort, ...(after ? { after } : {}) }
      const { items, next } = await store.cases.list(callerOf(request), filter, page)
      return { items: items.map(presentSummary), next: next && writeCursor(next, list) }
    },
  )

  app.get(
    '/cases/:caseId',
    {
      config: { scope: 'cases:read', problems: ['not-found'] },
      schema: {
        operationId: 'getCase',
        summary: 'Read a case',
        tags: ['Cases'],
        params: CaseParams,
        response: { 200: CaseSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const address = gateway.address(caller, request.params.caseId)
      const row = await store.cases.get(caller, address.caseId)
      if (!row) return presentOpening(await readOpening(temporal, address), caller)
      const isTold = row.phase === 'closed' && caller.role !== 'monitor'
      const waitsFor = await supersededBy(store, row)
      const [history, allowed, late] = await Promise.all([
        sellerHistoryOf(store, caller, row, now()),
        allowedFor(caller, { ...row, supersededBy: waitsFor }, { standing, now }),
        isTold ? store.lateAnswers.list(caller, row.caseId) : [],
      ])
      const reader = readerOf(caller.role)
      const { decision, closing, reopens } = row.state
      const acts = [decision, closing, reopens, reopens?.decision, ...late]
      const acting = [...acts.flatMap((one) => one?.by ?? []), ...lookingAfter(row.state.parties)]
      const names = await namesOf(reader, acting)
      const shown = presentCase(row, reader, history, allowed, late, names)
      const isStaff = reader === 'staff'
      return {
        ...shown,
        accountManagerCoverName: reader === 'monitor' ? null : await coverName(store, row, now()),
        supersededBy: waitsFor,
        temporalUiUrl: isStaff ? temporalUiUrl(config, row.workflowId) : null,
      }
    },
  )

  app.get(
    '/cases/:caseId/events',
    {
      config: { scope: 'cases:read', problems: ['not-found'] },
      schema: {
        operationId: 'listCaseEvents',
        summary: 'Read the record of a case',
        tags: ['Cases'],
        params: CaseParams,
        response: { 200: Type.Object({ items: Type.Array(EventSchema) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const address = gateway.address(caller, request.params.caseId)
      const events = await store.cases.events(caller, address.caseId)
      if (events.length === 0) await readOpening(temporal, address)
      const reader = readerOf(caller.role)
      const acting = actingIn(events.map(({ event }) => event))
      return { items: presentEvents(address.caseId, events, reader, await namesOf(reader, acting)) }
    },
  )
}

/** What whoever acts for the case's account manager is called; `null` while nobody has to. */
async function coverName(
  { accountManagers }: Pick<Store, 'accountManagers'>,
  { state }: CaseRow,
  now: number,
): Promise<string | null> {
  const { accountManagerId } = state.parties
  const present = accountManagerId && (await accountManagers.inCharge(accountManagerId, now))
  return present && present.accountManagerId !== accountManagerId ? present.name : null
}

/** A case that Temporal has, but whose first step has not been written yet. Throws `not-found`. */
async function readOpening(temporal: Client, address: CaseAddress): Promise<CaseRow> {
  const { caseId, workflowId, brandId, marketplace } = address
  try {
    return await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, async () => {
      const { status, memo, startTime } = await temporal.workflow.getHandle(workflowId).describe()
      const running = (memo as Partial<ListingCaseMemo> | undefined)?.caseId
      if (status.name !== 'RUNNING' || running !== caseId) throw notFound('case')
      return openingRow(
        address,
        unopenedCase({ caseId, brandId, marketplace }, startTime.getTime()),
      )
    })
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? notFound('case') : error
  }
}

function presentOpening(row: CaseRow, caller: ApiCaller): Case {
  return presentCase(row, readerOf(caller.role), null, [])
}
