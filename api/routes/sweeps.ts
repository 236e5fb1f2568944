import { parseCaseId } from '../../domain/case/identity.js'
import { checkAssignee } from '../cases/assignee.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem } from '../errors.js'
import { IdempotencyHeaders } from '../../contract/common.js'
import {
  ReassignmentSchema,
  RecallSchema,
  SweepParams,
  SweepSchema,
  SweepStartedSchema,
} from '../../contract/sweep.js'
import { type App, callerOf, idempotencyKeyOf } from './route.js'

/** Messages to many open cases. */
export function sweepRoutes(app: App, deps: RouteDeps): void {
  const { sweeps } = deps

  app.post(
    '/cases::withdraw',
    {
      config: { scope: 'cases:recall', problems: ['other-content'] },
      schema: {
        operationId: 'recallRule',
        summary: 'Recall a bad rule',
        description:
          'Withdraws the open, undecided cases that rest on this rule in this version alone, and on ' +
          'no other monitor’s reports, one after another; `GET /v1/sweeps/{sweepId}` says how far ' +
          'it is. Sent again while it runs, or with the same Idempotency-Key, it is the same; ' +
          'afterwards it takes what has come since.',
        tags: ['Monitoring'],
        headers: IdempotencyHeaders,
        body: RecallSchema,
        response: { 202: SweepStartedSchema },
      },
    },
    async (request, reply) => {
      const { reason, ...rule } = request.body
      const sweepId = await sweeps.start(
        callerOf(request),
        { kind: 'recall', rule, reason: reason ?? `rule ${rule.ruleId} was recalled` },
        idempotencyKeyOf(request),
      )
      return reply.code(202).header('location', locationOf(sweepId)).send({ sweepId })
    },
  )

  app.post(
    '/cases::reassign',
    {
      config: { scope: 'cases:reassign', problems: ['invalid-value', 'other-content'] },
      schema: {
        operationId: 'reassignCases',
        summary: 'Give many open cases to another account manager or lead',
        description:
          'Either those that are named (`caseIds`), or what somebody looks after (`from`, also of ' +
          'one brand only). One after another; `GET /v1/sweeps/{sweepId}` says how far it is, and ' +
          'of each case that is named and could not be given why. Whoever gets cases that wait for ' +
          'them is told in one mail.',
        tags: ['Managing cases'],
        headers: IdempotencyHeaders,
        body: ReassignmentSchema,
        response: { 202: SweepStartedSchema },
      },
    },
    async (request, reply) => {
      const { caseIds, from, brandId, to, role = 'accountManager', reason } = request.body
      await checkAssignee(deps, { to, role })
      const given = { to, role, ...(reason === undefined ? {} : { reason }) }
      const sweepId = await sweeps.start(
        callerOf(request),
        from === undefined
          ? { kind: 'reassign', caseIds: checkNamed(caseIds, brandId), ...given }
          : { kind: 'handOver', ...whose(from, brandId, caseIds), ...given },
        idempotencyKeyOf(request),
      )
      return reply.code(202).header('location', locationOf(sweepId)).send({ sweepId })
    },
  )

  app.get(
    '/sweeps/:sweepId',
    {
      config: { scope: 'sweeps:read', problems: ['not-found'] },
      schema: {
        operationId: 'getSweep',
        summary: 'How far a recall or reassignment of many cases is',
        description: 'Kept for as long as Temporal keeps what has ended.',
        tags: ['Managing cases'],
        params: SweepParams,
        response: { 200: SweepSchema },
      },
    },
    async (request) => sweeps.read(callerOf(request), request.params.sweepId),
  )
}

function locationOf(sweepId: string): string {
  return `/v1/sweeps/${sweepId}`
}

function whose(from: string, brandId: string | undefined, caseIds: unknown) {
  if (caseIds !== undefined) throw unfit('Name cases, or whose they are; not both.')
  return { from, ...(brandId === undefined ? {} : { brandId }) }
}

function checkNamed(caseIds: string[] | undefined, brandId: string | undefined): string[] {
  if (caseIds === undefined) throw unfit('Name the cases (caseIds), or whose they are (from).')
  if (brandId !== undefined) throw unfit('A brand goes with "from"; cases are named by their ids.')
  const wrong = caseIds.find((caseId) => parseCaseId(caseId) === null)
  if (wrong === undefined) return caseIds
  throw new ApiProblem('invalid-value', `"${wrong}" is no id of a case.`)
}

function unfit(detail: string): ApiProblem {
  return new ApiProblem('invalid-value', detail)
}
