import { mongo } from 'mongoose'

/** MongoDB's words for "the oplog does not reach back to there", and for a token that is of elsewhere. */
const HISTORY_LOST = [286, 280, 260, 50811]

/** True when a change stream cannot go on from where it is to go on. */
export function isHistoryLost(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && HISTORY_LOST.includes(Number(error.code))
}
