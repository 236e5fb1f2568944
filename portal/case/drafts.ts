import { useSyncExternalStore } from 'react'
import { type Draft, EMPTY_DRAFT } from './draft.js'

// What somebody wrote and has not sent is kept until they do, also when the tab is loaded again.

const KEPT_AS = 'joint-force.drafts'
const MOST = 200

const drafts = new Map<string, Draft>(readKept())
const listeners = new Set<() => void>()
/** Whoever has stated once what a confirmation needs sees the box ticked from then on, until they leave. */
let isStated = false

/** The draft of an answer to a case, or to several by a name of their own. */
export function useDraft(name: string): [Draft, (change: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(subscribe, () => draftOf(name))
  return [draft, (change) => changeDraft(name, change)]
}

/** What was written so far. */
export function draftOf(name: string): Draft {
  return drafts.get(name) ?? (isStated ? STATED : EMPTY_DRAFT)
}

/** Changes what was written. */
export function changeDraft(name: string, change: Partial<Draft>): void {
  if (change.isStated !== undefined) isStated = change.isStated
  drafts.set(name, { ...draftOf(name), ...change })
  changed()
}

/** Forgets what was written, because it was sent. */
export function dropDraft(name: string): void {
  drafts.delete(name)
  changed()
}

const STATED: Draft = { ...EMPTY_DRAFT, isStated: true }

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function changed(): void {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify([...drafts].slice(-MOST)))
  } catch {
    // A browser may refuse to keep anything; then they live as long as the page.
  }
  for (const listener of listeners) listener()
}

function readKept(): [string, Draft][] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]') as [string, Partial<Draft>][]
    return kept.map(([name, draft]) => [name, { ...EMPTY_DRAFT, ...draft }])
  } catch {
    return []
  }
}
