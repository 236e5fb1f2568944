import { type Connection, mongo } from 'mongoose'
import { parseCaseId } from '../../domain/case/identity.js'
import type { CaseModel } from '../cases/row.js'
import { isHistoryLost } from '../history-lost.js'
import { type LiveCases, type SavedCase, TokenLost } from './live-cases.js'

/** How long the database holds a question that has no answer yet. */
const AWAIT_MS = 500

/** MongoDB's words for a token that it cannot read (FailedToParse, Overflow), beside those for a lost history. */
const UNREADABLE = [9, 15]

/** The tenant is in the id: rows are not looked up, and of an update only its revision is sent. */
const PIPELINE = [
  { $match: { operationType: { $in: ['insert', 'update', 'replace'] } } },
  {
    $project: {
      'documentKey._id': 1,
      rev: { $ifNull: ['$fullDocument.rev', '$updateDescription.updatedFields.rev'] },
    },
  },
]

interface Change {
  _id: { _data: string }
  documentKey: { _id: string }
  rev?: number | null
}

/** Change streams on the collection of cases. */
export function liveCasesOf(connection: Connection, cases: CaseModel): LiveCases {
  const { collectionName } = cases.collection
  return {
    async watch(after) {
      const stream = connection
        .collection(collectionName)
        .watch<Change & mongo.ChangeStreamDocument, Change>(PIPELINE, {
          maxAwaitTimeMS: AWAIT_MS,
          ...(after === null ? {} : { resumeAfter: { _data: after } }),
        })
      let token = after ?? ''
      return {
        token: () => token,
        close: () => stream.close(),
        async next() {
          for (;;) {
            const change = await stream.tryNext().catch((error: unknown) => {
              throw isLost(error) ? lost(error) : error
            })
            token = tokenOf(change?._id ?? stream.resumeToken)
            const saved = change && savedCase(change)
            if (saved !== undefined) return saved
          }
        },
      }
    },
  }
}

/** `undefined` for an id that is none: nobody may see it. */
function savedCase({ _id, documentKey, rev }: Change): SavedCase | undefined {
  const caseId = documentKey._id
  const parsed = parseCaseId(caseId)
  if (!parsed) return undefined
  const { brandId, marketplace } = parsed
  return { token: _id._data, caseId, brandId, marketplace, rev: rev ?? null }
}

function tokenOf(token: unknown): string {
  return (token as Change['_id'])._data
}

function isLost(error: unknown): boolean {
  const isUnreadable =
    error instanceof mongo.MongoServerError && UNREADABLE.includes(Number(error.code))
  return isUnreadable || isHistoryLost(error)
}

function lost(cause: unknown): TokenLost {
  return new TokenLost('the changes after this token cannot be read', { cause })
}
