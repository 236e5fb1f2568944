import { Type } from 'typebox'
import { FEED_KEPT_DAYS, type FeedPosition } from '../../store/store.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem } from '../errors.js'
import { CaseSummarySchema } from '../../contract/case.js'
import { presentSummary } from '../present/case.js'
import { type App, holderOf } from './route.js'

const DEFAULT_LIMIT = 200
/** In place of a cursor: after everything that has changed so far. */
const LATEST = 'latest'

const ChangesQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: `The "next" of the page before, or "${LATEST}" for what changes from now on. Left out: everything of the last ${FEED_KEPT_DAYS} days.`,
        examples: [LATEST],
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 500,
        default: DEFAULT_LIMIT,
        description: 'How many changes to read. Several of one case are one item.',
        examples: [DEFAULT_LIMIT],
      }),
    ),
  },
  { additionalProperties: false },
)

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
        querystring: ChangesQuery,
        response: {
          200: Type.Object({
            items: Type.Array(CaseSummarySchema, {
              description: 'Cases that changed, each once, in the order of their last change here.',
            }),
            next: Type.String({
              description: 'Where to go on, now or later. Opaque; good for 90 days.',
              examples: ['WyJjNGI1Il0'],
            }),
            isEnd: Type.Boolean({
              description: 'Nothing more has changed yet: ask again after a pause.',
              examples: [true],
            }),
          }),
        },
      },
    },
    async (request) => {
      const { after, limit = DEFAULT_LIMIT } = request.query
      const holder = holderOf(request)
      const at = new Date(now())
      const position = after === LATEST ? await store.changes.latest(at) : readPosition(after)
      const page = await store.changes.read(holder, position, limit, at)
      const latestFirst = [...new Set([...page.subjectIds].reverse())]
      const rows = await store.cases.getMany(holder, latestFirst.reverse())
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
    `Send the "next" of a page of changes, or "${LATEST}", or leave "after" out.`,
  )
}

function fieldsOf(cursor: string): unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(fields) ? (fields as unknown[]) : []
  } catch {
    return []
  }
}
