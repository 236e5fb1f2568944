import { verifyCase } from '../../store/cases/audit.js'
import { CaseParams } from '../../contract/common.js'
import { VerificationSchema } from '../../contract/verification.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { iso } from '../present/iso.js'
import { readerOf } from '../present/reader.js'
import { type App, callerOf } from './route.js'

/** Whether the record of a case is what it was. */
export function verificationRoutes(app: App, { store, gateway, now }: RouteDeps): void {
  app.get(
    '/cases/:caseId/verification',
    {
      config: { scope: 'cases:read', problems: ['not-found'] },
      schema: {
        operationId: 'verifyCase',
        summary: 'Verify the record of a case',
        description:
          'Goes through the record: every event is there, unchanged and chained to the one before, and the ' +
          'case is what its events lead to. It finds what was changed within the chain; one that was ' +
          'rewritten as a whole is found by comparing `headHash` with a copy kept elsewhere.',
        tags: ['Cases'],
        params: CaseParams,
        response: { 200: VerificationSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { caseId } = gateway.address(caller, request.params.caseId)
      await found('case', store.cases.get(caller, caseId))
      const { eventCount, headHash, finding } = await verifyCase(store, caseId)
      const isStaff = readerOf(caller.role) === 'staff'
      return {
        ...{ caseId, eventCount, headHash, verifiedAt: iso(now()) },
        finding: finding && {
          seq: finding.seq,
          problem: finding.problem,
          ...(isStaff ? { detail: finding.detail } : {}),
        },
      }
    },
  )
}
