import { messageOf } from '../platform/message-of.js'
import { createStore } from '../store/create-store.js'
import type { Store } from '../store/store.js'
import { configurationOf } from './configuration.js'
import { CommandError, EXIT } from './exit.js'
import type { Io } from './io.js'

const ANSWERS_WITHIN_MS = 10_000

/** Lets `action` use the database of MONGODB_URI. Throws `unreachable` when it does not answer. */
export async function withStore<T>(
  io: Pick<Io, 'env'>,
  action: (store: Store) => Promise<T>,
): Promise<T> {
  const store = createStore({ uri: configurationOf(io).MONGODB_URI })
  try {
    await store.ping(ANSWERS_WITHIN_MS).catch((cause: unknown) => {
      throw new CommandError(
        EXIT.unreachable,
        `MongoDB cannot be reached: ${messageOf(cause)}. Is MONGODB_URI right?`,
        { cause },
      )
    })
    return await action(store)
  } finally {
    await store.close()
  }
}
