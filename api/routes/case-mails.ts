import { Type } from 'typebox'
import { parseRecipient } from '../../domain/notice/recipients.js'
import { CaseMailSchema } from '../../contract/case-mails.js'
import { CaseParams } from '../../contract/common.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { iso } from '../present/iso.js'
import { readerOf } from '../present/reader.js'
import { type App, callerOf } from './route.js'

/** The mails that were sent about a case. */
export function caseMailRoutes(app: App, { store, gateway, namesOf }: RouteDeps): void {
  app.get(
    '/cases/:caseId/mails',
    {
      config: { scope: 'cases:background', problems: ['not-found'] },
      schema: {
        operationId: 'listCaseMails',
        summary: 'The mails about a case, and what became of them',
        description:
          'The latest 200, oldest first. A brand is shown those to its own contacts; what a mail server said of ' +
          'one that did not arrive is for staff.',
        tags: ['Cases'],
        params: CaseParams,
        response: { 200: Type.Object({ items: Type.Array(CaseMailSchema) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { caseId } = gateway.address(caller, request.params.caseId)
      await found('case', store.cases.get(caller, caseId))
      const reader = readerOf(caller.role)
      const isStaff = reader === 'staff'
      const mails = (await store.mails.about(caller, caseId)).filter(
        ({ contactId }) => isStaff || parseRecipient(contactId)?.kind === 'brand',
      )
      const recipients = mails.map(({ contactId: id }) => ({ role: 'brandMember' as const, id }))
      const names = await namesOf(reader, recipients)
      const items = mails.map(({ kind, sentAt, contactId: id, result, resultAt, detail }) => ({
        ...{ kind, result, sentAt: iso(sentAt), resultAt: iso(resultAt) },
        to: { id, ...names.get(id) },
        ...(isStaff && detail !== null ? { detail } : {}),
      }))
      return { items }
    },
  )
}
