import { Compile } from 'typebox/compile'
import type { ApiProblem } from '../errors.js'
import type { RouteDeps } from '../deps.js'
import { inParallel } from '../../platform/in-parallel.js'
import { isTemporalOutage } from '../outage.js'
import {
  IntakeBatchResultSchema,
  IntakeBatchSchema,
  IntakeSchema,
  NewCaseSchema,
} from '../../contract/sighting.js'
import { BATCH_BODY_LIMIT_BYTES, BATCH_CONCURRENCY, itemProblem, unfitItem } from '../http/batch.js'
import { type App, callerOf } from './route.js'

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
      const intake = await reportSighting(callerOf(request), request.body, 'api')
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
      const caller = callerOf(request)
      let outage: Error | null = null
      const reportOne = async (item: unknown, index: number): Promise<BatchItem> => {
        try {
          if (outage) throw outage
          if (!newCase.Check(item)) throw unfitItem(newCase.Errors(item))
          const { alreadyAnswered: _, ...intake } = await reportSighting(caller, item, 'batch')
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
}
