import type { QueryClient } from '@tanstack/react-query'
import type { CaseSummary } from '../../contract/case.js'
import type { LiveEvent } from '../../contract/live.js'
import { caseQuery, patchRow, shownRevisions } from './cases.js'
import { changesOf, READ_SINGLY_MAX, type Told } from './live-changes.js'
import { noteSync } from './sync.js'
import { throttled } from './throttled.js'

const NAME = 'joint-force.live'
/** A browser that gave up (no session, too many streams) is set going again after so long. */
const AGAIN_MS = 5_000
/** Lists are read again at most so often, however much is told. */
const LISTS_EVERY_MS = 2_000

/** What the tab that holds the stream tells the others. */
type Word = { event: LiveEvent; cases: readonly Told[] }

/**
 * Follows what is saved, until it is stopped. Of all tabs one holds the stream (browsers open six
 * connections to a host) and tells the others; when it closes, the next one takes over.
 */
export function followLive(client: QueryClient): () => void {
  const channel = new BroadcastChannel(NAME)
  const stopping = new AbortController()
  const lists = throttled(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['cases'] }),
        client.invalidateQueries({ queryKey: ['desk'] }),
      ]),
    () => new Promise((resolve) => setTimeout(resolve, LISTS_EVERY_MS)),
  )
  channel.onmessage = ({ data }: MessageEvent<Word>) => void hear(data)

  async function hear({ event, cases }: Word): Promise<void> {
    noteSync()
    if (event === 'reset') await client.invalidateQueries()
    if (event !== 'cases') return
    const { changed, hasNew } = changesOf(cases, shownRevisions(client))
    if (hasNew || changed.length > READ_SINGLY_MAX) lists()
    if (changed.length > READ_SINGLY_MAX) return
    await Promise.all(changed.map((caseId) => readAgain(client, caseId)))
  }

  function hold(): Promise<void> {
    return new Promise((resolve) => {
      const end = openStream(
        (word) => {
          channel.postMessage(word)
          void hear(word)
        },
        () => void client.invalidateQueries({ queryKey: ['session'] }),
      )
      stopping.signal.addEventListener('abort', () => {
        end()
        resolve()
      })
    })
  }
  // Where a page is not of a secure context there are no locks: each tab then has its own stream.
  const { locks } = navigator as { locks?: LockManager }
  if (!locks) void hold()
  else {
    locks.request(NAME, { signal: stopping.signal }, hold).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error
    })
  }
  return () => {
    stopping.abort()
    channel.close()
  }
}

/** Opens the stream, and again whenever the browser has given it up. Gives what ends it. */
function openStream(tell: (word: Word) => void, onLost: () => void): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastId = ''

  function open(): void {
    source = new EventSource(`/v1/live${lastId ? `?after=${encodeURIComponent(lastId)}` : ''}`)
    const hear = (event: LiveEvent, read: (data: string) => readonly Told[]) =>
      source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
        lastId = lastEventId
        tell({ event, cases: read(data) })
      })
    hear('ready', () => [])
    hear('synced', () => [])
    hear('reset', () => [])
    hear('cases', (data) => (JSON.parse(data) as { cases: Told[] }).cases)
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      onLost()
      timer = setTimeout(open, AGAIN_MS)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

/** The row and the open case as they are now; the list keeps its order until it is read again. */
async function readAgain(client: QueryClient, caseId: string): Promise<void> {
  const now = await client.fetchQuery({ ...caseQuery(caseId), staleTime: 0 }).catch(() => null)
  if (now) patchRow(client, caseId, summaryOf(now))
}

function summaryOf(row: CaseSummary): Partial<CaseSummary> {
  const { title, sellerId, sellerName, price, suggestedPrice, units, pictureSha256 } = row
  const { severity, phase, outcome, owner, accountManagerId, dueAt, updatedAt, closedAt } = row
  const { silence, verdict, decisionId, shownHash, rev } = row
  return {
    ...{ title, sellerId, sellerName, price, suggestedPrice, units, pictureSha256 },
    ...{ severity, phase, outcome, owner, accountManagerId, dueAt, updatedAt, closedAt },
    ...{ silence, verdict, decisionId, shownHash, rev },
  }
}
