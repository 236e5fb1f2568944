import { EVENT_STREAM_TYPE, type LiveEvent } from '../contract/live.js'
import { parseJson } from '../platform/parse-json.js'
import { ApiRefusal, ApiUnreachable } from './errors.js'

/** What a live stream said. */
export interface LiveMessage {
  event: LiveEvent
  /** Where to go on after it. */
  id: string
  /** Of `cases`; empty for the other events. */
  cases: { caseId: string; rev: number | null }[]
}

/**
 * The live stream of the API at `baseUrl` (without `/v1`) under `key`: resolves once it is open, and
 * ends when the API ends it. Go on with the last `id` as `after`. Throws `ApiRefusal` when it is
 * refused, `ApiUnreachable` when nobody answers, and the signal's reason.
 */
export async function openLiveStream(
  baseUrl: string,
  key: string,
  { after, signal }: { after?: string | undefined; signal?: AbortSignal } = {},
): Promise<AsyncGenerator<LiveMessage>> {
  const what = 'GET /live'
  const response = await fetch(`${baseUrl}/v1/live`, {
    headers: {
      authorization: `Bearer ${key}`,
      accept: EVENT_STREAM_TYPE,
      ...(after === undefined ? {} : { 'last-event-id': after }),
    },
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted()
    throw new ApiUnreachable(`${what}: cannot be reached`, { cause })
  })
  const { status, body } = response
  if (status === 200 && body) return messagesOf(body)
  const problem = parseJson(await response.text()) as Record<string, unknown> | undefined
  if (problem && 'code' in problem) throw new ApiRefusal(what, status, problem)
  throw new ApiUnreachable(`${what}: HTTP ${status}, but not as this API says it`, { status })
}

/** The messages in the text of Server-Sent Events, as far as this API makes use of them. */
export async function* messagesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<LiveMessage> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const message = messageOf(frame)
      if (message) yield message
    }
  }
}

/** `null` for a frame that is no event, such as a comment. */
function messageOf(frame: string): LiveMessage | null {
  const fields = new Map(frame.split('\n').map((line) => fieldOf(line)))
  const event = fields.get('event')
  if (event === undefined) return null
  const { cases = [] } = (parseJson(fields.get('data') ?? '') ?? {}) as Partial<LiveMessage>
  return { event: event as LiveEvent, id: fields.get('id') ?? '', cases }
}

function fieldOf(line: string): [string, string] {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
  return [name, value]
}
