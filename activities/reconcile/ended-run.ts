import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Payload } from '@temporalio/common'

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>
type HistoryEvent = NonNullable<History['events']>[number]
type Payloads = { payloads?: Payload[] | null } | null | undefined

/** A signal or update that a run got, and the instant (epoch ms) of that. */
export interface SentMessage {
  name: string
  message: unknown
  at: number
  /** Id of the update; signals have none. */
  requestId?: string
}

/** What a run was started with, and what was acknowledged to others while it ran, in that order. */
export interface EndedRun {
  input: unknown
  sent: SentMessage[]
}

/** A message as the history has it. */
interface Sent {
  name: string | null | undefined
  payloads: Payloads
  at: number
  requestId?: string
}

/**
 * Reads a run from its history; `null` when that is gone. The messages are all it got, also those that
 * are on record already.
 */
export async function readEndedRun(
  temporal: Client,
  workflowId: string,
  runId: string,
): Promise<EndedRun | null> {
  let history: History
  try {
    history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory()
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
  const allOf = reader(temporal)
  const events = history.events ?? []
  const started = events[0]?.workflowExecutionStartedEventAttributes
  const [input] = started ? await allOf<unknown>(started.input) : []
  const sent: SentMessage[] = []
  for (const { name, payloads, at, requestId } of sentTo(events)) {
    if (!name) continue
    const [message = {}] = await allOf<unknown>(payloads)
    sent.push({ name, message, at, ...(requestId === undefined ? {} : { requestId }) })
  }
  return { input, sent }
}

/**
 * The signals and updates in a history, each with the instant as of which the run applied it, or,
 * of a signal, before it did. After a reset the updates of before come without having been accepted
 * again; they were acknowledged.
 */
function sentTo(events: readonly HistoryEvent[]): Sent[] {
  const sent: Sent[] = []
  const updates = new Set<string>()
  let taskAt = 0
  for (const event of events) {
    const at = epochMsOf(event)
    if (event.workflowTaskStartedEventAttributes) taskAt = at
    const signal = event.workflowExecutionSignaledEventAttributes
    if (signal) sent.push({ name: signal.signalName, payloads: signal.input, at })
    const update =
      event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest ??
      event.workflowExecutionUpdateAdmittedEventAttributes?.request
    const requestId = update?.meta?.updateId
    if (!requestId || updates.has(requestId)) continue
    updates.add(requestId)
    sent.push({ name: update.input?.name, payloads: update.input?.args, at: taskAt, requestId })
  }
  return sent
}

function epochMsOf({ eventTime }: HistoryEvent): number {
  return Number(eventTime?.seconds ?? 0) * 1_000 + Math.floor((eventTime?.nanos ?? 0) / 1e6)
}

/** Reads values from a history as the client would: decrypted, if they were encrypted. */
function reader({ options: { loadedDataConverter } }: Client) {
  const { payloadCodecs, payloadConverter } = loadedDataConverter
  return async function allOf<T>(input: Payloads): Promise<T[]> {
    let payloads = input?.payloads ?? []
    for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads)
    return payloads.map((payload) => payloadConverter.fromPayload<T>(payload))
  }
}
