import type { Connection } from 'mongoose'
import { caseModel } from '../cases/row.js'
import { feedOf } from './feed.js'
import { followingCases } from './follow-cases.js'
import type { CaseChanges } from '../store.js'

/** The feed of what changed among the cases. */
export function caseChangesOf(connection: Connection): CaseChanges {
  const feed = feedOf(connection, 'caseChanges')
  return {
    read: (...args) => feed.read(...args),
    latest: (now) => feed.latest(now),
    follow: followingCases(connection, caseModel(connection), feed),
  }
}
