import type { FeedPosition } from '../../store/store.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem } from '../errors.js'
import { fieldsOf } from '../http/cursor.js'
import {
  CaseChangesPageSchema,
  CaseChangesQuerySchema,
  DEFAULT_CHANGES,
  LATEST_CHANGE,
} from '../../contract/case-changes.js'
import { presentSummary } from '../present/case.js'
import { type App, callerOf } from './route.js'

/** What changed, for those who must miss nothing. */
export function caseChangeRoutes(app: App, { store, now }: RouteDeps): void {
  app.get(
    '/cases::changes',
    {
      config: { scope: 'cases:read', problems: ['invalid-cursor', 'cursor-expired'] },
      schema: {
        operationId: 'listCaseChanges',
        summary: 'Cases that changed, in the order in which their changes were saved',
        description:
          'Keep `next` and send it as `after`: no change is missed, and each is shown at least once. ' +
          'Items are the cases as they are now.',
        tags: ['Cases'],
        querystring: CaseChangesQuerySchema,
        response: {
          200: CaseChangesPageSchema,
        },
      },
    },
    async (request) => {
      const { after, limit = DEFAULT_CHANGES } = request.query
      const caller = callerOf(request)
      const at = new Date(now())
      const position =
        after === LATEST_CHANGE ? await store.changes.latest(at) : readPosition(after)
      const page = await store.changes.read(caller, position, limit, at)
      const latestFirst = [...new Set([...page.subjectIds].reverse())]
      const rows = await store.cases.getMany(caller, latestFirst.reverse())
      return { items: rows.map(presentSummary), next: writePosition(page.next), isEnd: page.isEnd }
    },
  )
}

/** Opaque to clients. */
function writePosition({ epoch, seq, at }: FeedPosition): string {
  return Buffer.from(JSON.stringify([epoch, seq, at.getTime()])).toString('base64url')
}

function readPosition(cursor: string | undefined): FeedPosition | null {
  if (cursor === undefined) return null
  const [epoch, seq, atMs] = fieldsOf(cursor)
  if (typeof epoch === 'string' && Number.isSafeInteger(seq) && Number.isSafeInteger(atMs)) {
    return { epoch, seq: seq as number, at: new Date(atMs as number) }
  }
  throw new ApiProblem(
    'invalid-cursor',
    `Send the "next" of a page of changes, or "${LATEST_CHANGE}", or leave "after" out.`,
  )
}
