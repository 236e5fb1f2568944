import { Compile } from 'typebox/compile'
import { reporterOf } from '../../domain/reporter.js'
import { restsOnReporterAlone, restsOnRuleAlone } from '../../domain/sighting-list.js'
import type { CaseRow } from '../../store/store.js'
import { callerOf, type KeyHolder } from '../authenticate.js'
import { type ApiProblem, problemOf } from '../errors.js'
import type { RouteDeps } from '../deps.js'
import { inParallel } from '../../platform/in-parallel.js'
import { isTemporalOutage } from '../outage.js'
import {
  IntakeBatchResultSchema,
  IntakeBatchSchema,
  IntakeSchema,
  NewCaseSchema,
  RecallResultSchema,
  RecallSchema,
} from '../schemas/sighting.js'
import {
  BATCH_BODY_LIMIT_BYTES,
  BATCH_CONCURRENCY,
  createBatchPatience,
  itemProblem,
  unfitItem,
} from './batch.js'
import { type App, holderOf } from './route.js'
import { covers } from '../reach.js'

const RECALL_PAGE = 200

const newCase = Compile(NewCaseSchema)

type BatchItem = {
  index: number
  result: 'opened' | 'duplicate' | 'alreadyAnswered' | 'rejected'
  caseId?: string
  previousCaseId?: string
  problem?: ReturnType<ApiProblem['toBody']>
}

/** What monitors send. */
export function intakeRoutes(app: App, deps: RouteDeps): void {
  const { reportSighting, metrics } = deps

  app.post(
    '/cases',
    {
      config: {
        scope: 'cases:report',
        problems: ['external-id-conflict', 'not-found', 'unknown-brand'],
      },
      schema: {
        operationId: 'reportCase',
        summary: 'Report a suspicious listing',
        description:
          'Opens a case, unless the listing has an open one or was answered before. ' +
          'A 2xx answer means that the report is durable.',
        tags: ['Monitoring'],
        body: NewCaseSchema,
        response: { 200: IntakeSchema, 202: IntakeSchema },
      },
    },
    async (request, reply) => {
      const intake = await reportSighting(holderOf(request), request.body, 'api')
      metrics.intake(intake.result)
      return reply
        .code(intake.result === 'opened' ? 202 : 200)
        .header('location', `/v1/cases/${encodeURIComponent(intake.caseId)}`)
        .send(intake)
    },
  )

  app.post(
    '/cases::batch',
    {
      bodyLimit: BATCH_BODY_LIMIT_BYTES,
      config: { scope: 'cases:report' },
      schema: {
        operationId: 'reportCases',
        summary: 'Report up to 1,000 suspicious listings',
        description: 'Every item has its own result; a bad one never fails the rest.',
        tags: ['Monitoring'],
        body: IntakeBatchSchema,
        response: { 200: IntakeBatchResultSchema },
      },
    },
    async (request) => {
      const holder = holderOf(request)
      let outage: Error | null = null
      const reportOne = async (item: unknown, index: number): Promise<BatchItem> => {
        try {
          if (outage) throw outage
          if (!newCase.Check(item)) throw unfitItem(newCase.Errors(item))
          const { alreadyAnswered: _, ...intake } = await reportSighting(holder, item, 'batch')
          return { index, ...intake }
        } catch (error) {
          if (error instanceof Error && isTemporalOutage(error)) outage = error
          return { index, result: 'rejected', problem: itemProblem(error, request.log) }
        }
      }
      const results = await inParallel(request.body.cases, BATCH_CONCURRENCY, reportOne)
      const counts = { opened: 0, duplicate: 0, alreadyAnswered: 0, rejected: 0 }
      for (const { result } of results) {
        counts[result]++
        metrics.intake(result)
      }
      return { results, counts }
    },
  )

  app.post(
    '/cases::withdraw',
    {
      config: { scope: 'cases:recall' },
      schema: {
        operationId: 'recallRule',
        summary: 'Recall a bad rule',
        description:
          'Withdraws the open, undecided cases that rest on this rule in this version alone, and on ' +
          'no other monitor’s reports. Sending it again is safe and finishes what could not be reached.',
        tags: ['Monitoring'],
        body: RecallSchema,
        response: { 200: RecallResultSchema },
      },
    },
    async (request) => recallRule(deps, holderOf(request), request.body),
  )
}

type Recall = { ruleId: string; monitorVersion: string; reason?: string }

async function recallRule(deps: RouteDeps, holder: KeyHolder, recall: Recall) {
  const { store, gateway } = deps
  const { reason, ...rule } = recall
  const patience = createBatchPatience()
  const counts = { matched: 0, withdrawn: 0, kept: 0, failed: 0 }

  const withdrawOne = async (row: CaseRow): Promise<void> => {
    counts.matched++
    const isOwn = restsOnReporterAlone(row.state, reporterOf(callerOf(holder)))
    if (!isOwn || !restsOnRuleAlone(row.state, rule)) {
      counts.kept++
      return
    }
    const message = { reason: reason ?? `rule ${rule.ruleId} was recalled`, rule }
    const options = { timeoutMs: patience.timeoutMs(), idempotencyKey: recallKey(row, rule) }
    try {
      await gateway.send('withdraw', callerOf(holder, 'batch'), row.caseId, message, options)
      counts.withdrawn++
    } catch (error) {
      const { code } = problemOf(error)
      if (code === 'no-answer-in-time') patience.lose()
      counts[['not-allowed-now', 'case-closed'].includes(code) ? 'kept' : 'failed']++
    }
  }

  for (let after: string | null = null, more = true; more;) {
    const rows: CaseRow[] = await store.cases.openByRule(
      holder.marketplaces,
      recall.ruleId,
      after,
      RECALL_PAGE,
    )
    const own = rows.filter(({ brandId }) => covers(holder.brandIds, brandId))
    await inParallel(own, BATCH_CONCURRENCY, withdrawOne)
    after = rows.at(-1)?.caseId ?? null
    more = rows.length === RECALL_PAGE
  }
  return counts
}

function recallKey({ caseId }: CaseRow, { ruleId, monitorVersion }: Omit<Recall, 'reason'>) {
  return `recall:${caseId}:${ruleId}:${monitorVersion}`
}
