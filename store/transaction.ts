import type { ClientSession, Connection } from 'mongoose'

/** Two writers of one case are rare and done in milliseconds; this many collisions are a fault. */
const MAX_ATTEMPTS = 60
const DUPLICATE_KEY = 11000

/** A transaction collided with others until it ran out of attempts. Nothing was written. */
class TransactionContention extends Error {
  override name = 'TransactionContention'
}

/**
 * Runs `work` in one transaction: snapshot reads, majority writes. A write conflict or a duplicate
 * key runs it again from the start, on a new snapshot, so `work` must not have other effects.
 * Throws `TransactionContention` after 60 attempts and whatever else `work` throws at once. `work` is
 * told whether a duplicate key has been met, so that it may begin by writing without looking.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession, hasMetDuplicate: boolean) => Promise<T>,
): Promise<T> {
  let attempts = 0
  let hasMetDuplicate = false
  const attempt = async (session: ClientSession) => {
    attempts += 1
    if (attempts > MAX_ATTEMPTS) {
      throw new TransactionContention(
        `gave up after ${MAX_ATTEMPTS} attempts, each met by another writer; try again later`,
      )
    }
    return work(session, hasMetDuplicate)
  }
  for (;;) {
    try {
      return await connection.withSession((session) =>
        session.withTransaction(() => attempt(session), {
          readConcern: { level: 'snapshot' },
          writeConcern: { w: 'majority', journal: true },
          readPreference: 'primary',
        }),
      )
    } catch (error) {
      // A duplicate key has aborted the transaction: the winner is seen by the next snapshot.
      if (!isDuplicateKey(error)) throw error
      hasMetDuplicate = true
    }
  }
}

/** True for MongoDB's "an entry with this key exists". */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY
}
