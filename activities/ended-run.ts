import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Payload } from '@temporalio/common'
import { log } from '@temporalio/activity'
import type { DecideMessage, SightingAddedMessage } from '../domain/case-messages.js'
import { inputProblem } from '../domain/input-forms.js'
import {
  decide,
  decideAsync,
  LISTING_CASE,
  type ListingCaseInput,
  sightingAdded,
  undecide,
  type UndeliveredMessages,
} from '../workflows/messages.js'

/** The input has to stay below Temporal's limit of 2 MB. */
const MAX_SIGHTINGS_BYTES = 1_000_000

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>
type Payloads = { payloads?: Payload[] | null } | null | undefined

/** What a run of a case was started with, and what was acknowledged to others while it ran. */
export interface EndedRun {
  input: ListingCaseInput
  undelivered: UndeliveredMessages
}

/**
 * Reads a run of a `listingCase` from its history; `null` when that is gone. The messages are all
 * it got: the rules recognise those that are on record already.
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
  const [input] = started ? await allOf<ListingCaseInput>(started.input) : []
  if (!input || inputProblem(LISTING_CASE, input) !== null) return null
  const { undelivered, ...given } = input
  const decisions: DecideMessage[] = [...(undelivered?.decisions ?? [])]
  const sightings: SightingAddedMessage[] = [...(undelivered?.sightings ?? [])]
  const undone = new Set<string>()
  for (const event of events) {
    const signal = event.workflowExecutionSignaledEventAttributes
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input
    if (signal?.signalName === sightingAdded.name) {
      sightings.push(...(await allOf<SightingAddedMessage>(signal.input)))
    }
    if (signal?.signalName === decideAsync.name) {
      decisions.push(...(await allOf<DecideMessage>(signal.input)))
    }
    if (update?.name === decide.name) decisions.push(...(await allOf<DecideMessage>(update.args)))
    if (update?.name === undecide.name) {
      for (const { decisionId } of await allOf<{ decisionId: string }>(update.args)) {
        undone.add(decisionId)
      }
    }
  }
  return {
    input: given,
    undelivered: {
      decisions: decisions.filter(({ decisionId }) => !undone.has(decisionId)),
      sightings: withinLimit(given.caseId, sightings),
    },
  }
}

function withinLimit(caseId: string, sightings: SightingAddedMessage[]): SightingAddedMessage[] {
  let sizeBytes = 0
  const kept = sightings.filter((sighting) => {
    sizeBytes += Buffer.byteLength(JSON.stringify(sighting))
    return sizeBytes <= MAX_SIGHTINGS_BYTES
  })
  if (kept.length < sightings.length) {
    const lost = sightings.slice(kept.length).map(({ sighting }) => sighting.sightingId)
    log.warn('too many further sightings of a case to give them to its next run', { caseId, lost })
  }
  return kept
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
