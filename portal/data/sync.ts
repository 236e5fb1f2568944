import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ApiUnreachable } from '../../client/errors.js'
import { queryClient } from './query-client.js'

/** How fresh what the screens show is. */
export interface Sync {
  /** When the service last answered, epoch ms; `null` before it did. */
  at: number | null
  state: 'fresh' | 'offline' | 'unreachable'
}

/** Longer than a stream that is alive is ever silent. */
const SILENT_MS = 40_000
let followedAt = 0
let sync: Sync = { at: null, state: 'fresh' }
const listeners = new Set<() => void>()

function become(next: Partial<Sync>): void {
  const after = { ...sync, ...next }
  if (after.at === sync.at && after.state === sync.state) return
  sync = after
  for (const listener of listeners) listener()
}

queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated') return
  if (event.action.type === 'success') become({ at: Date.now(), state: 'fresh' })
  if (event.action.type === 'error' && event.action.error instanceof ApiUnreachable) {
    become({ state: 'unreachable' })
  }
})
onlineManager.subscribe((isOnline) => become({ state: isOnline ? 'fresh' : 'offline' }))

/** The stream of changes spoke: what is shown is as fresh as that. */
export function noteSync(): void {
  followedAt = Date.now()
  become({ at: followedAt, state: 'fresh' })
}

/** True while the stream of changes speaks, as it does every 15 s at least. */
export function isFollowing(): boolean {
  return Date.now() - followedAt < SILENT_MS
}

/** When the service last answered, and whether it does now. */
export function useSync(): Sync {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sync,
  )
}
