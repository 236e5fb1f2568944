import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { IdPageQuery, PageOf } from '../../contract/common.js'
import { readPage } from '../http/page.js'
import {
  RefusalParams,
  RefusedReportSchema,
  WholeRefusedReportSchema,
} from '../../contract/refused-report.js'
import { presentRefusedReport } from '../present/refused-report.js'
import { type App, callerOf } from './route.js'

/** Reports that came too early, or for another reason opened no case. */
export function refusedReportRoutes(app: App, { store }: RouteDeps): void {
  app.get(
    '/refused-reports',
    {
      config: { scope: 'reports:read' },
      schema: {
        operationId: 'listRefusedReports',
        summary: 'List reports that opened no case, oldest first',
        description: 'Of the key’s marketplaces, whoever reported them; kept for 90 days.',
        tags: ['Monitoring'],
        querystring: IdPageQuery,
        response: { 200: PageOf(RefusedReportSchema) },
      },
    },
    async (request) =>
      readPage(
        request.query,
        (page) => store.refusedReports.list(callerOf(request), page),
        ({ refusalId }) => refusalId,
        presentRefusedReport,
      ),
  )

  app.get(
    '/refused-reports/:refusalId',
    {
      config: { scope: 'reports:read', problems: ['not-found'] },
      schema: {
        operationId: 'getRefusedReport',
        summary: 'Read a refused report, to report it again',
        description: '`report` is what `POST /v1/cases` takes.',
        tags: ['Monitoring'],
        params: RefusalParams,
        response: { 200: WholeRefusedReportSchema },
      },
    },
    async (request) => {
      const { refusalId } = request.params
      const refused = await found(
        'refused report',
        store.refusedReports.get(callerOf(request), refusalId),
      )
      return { ...presentRefusedReport(refused), report: refused.report }
    },
  )
}
