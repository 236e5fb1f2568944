import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import {
  CaseExportCsvSchema,
  CaseExportQuerySchema,
  type ExportFormat,
} from '../../contract/case-export.js'
import { CaseSummarySchema } from '../../contract/case.js'
import { filterOf } from '../cases/filter-of.js'
import type { RouteDeps } from '../deps.js'
import { exportedCases } from '../export/case-export.js'
import { type App, callerOf } from './route.js'

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** Lists of cases to take away, of any length. */
export function caseExportRoutes(app: App, { store, now }: RouteDeps): void {
  app.get(
    '/cases::export',
    {
      config: { scope: 'cases:read', isStream: true },
      // A HEAD request would read the list to its end.
      exposeHeadRoute: false,
      schema: {
        operationId: 'exportCases',
        summary: 'All cases of a list, as CSV or JSON',
        description:
          'With the filters and the order of `listCases`, without a limit: they are read as fast as ' +
          'the answer is taken. An answer that is cut off ends with the connection, not with its body.',
        tags: ['Cases'],
        querystring: CaseExportQuerySchema,
        response: {
          200: {
            content: {
              'text/csv': { schema: CaseExportCsvSchema },
              'application/json': { schema: Type.Array(CaseSummarySchema) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { format = 'csv', sort = '-openedAt', ...given } = request.query
      const filter = await filterOf(store, given)
      const texts = exportedCases(store, callerOf(request), { filter, sort, format })
      const day = new Date(now()).toISOString().slice(0, 10)
      void reply
        .type(TYPES[format])
        .header('content-disposition', `attachment; filename="cases-${day}.${format}"`)
      // A page is one piece: not more than the next is made before it is taken.
      const body = Readable.from(texts, { objectMode: true, highWaterMark: 1 })
      // The schema of the answer is that of the text which the stream carries.
      return (reply as FastifyReply).send(body)
    },
  )
}
