import type { Caller } from '../../domain/case/message/caller.js'
import type { Severity, Via } from '../../domain/vocabulary.js'
import type { Session } from '../../store/store.js'

/** Who is calling the API, by key or by session: all the same from here on. `id` is a key's or a person's. */
export interface ApiCaller extends Caller {
  name: string
  /** The most severe severity they may suspect, as a monitor. */
  severityCap: Severity
  /** When the key ends; no key that it makes lives longer. `null` for people. */
  expiresAt: Date | null
  /** Absent for keys. */
  session?: Session
}

/**
 * The caller as the sender of a message to a case. What people do when signed in is done by the
 * portal, whichever route it took.
 */
export function senderOf(caller: ApiCaller, via: Via = 'api'): Caller {
  const { role, id, brandIds, marketplaces, monitorName } = caller
  return {
    ...{ role, id, via: caller.session ? caller.via : via, brandIds, marketplaces },
    ...(monitorName === undefined ? {} : { monitorName }),
  }
}
