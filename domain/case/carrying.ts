import { type CaseEvent, type Happening, happening } from './events.js'
import { asyncDecisionHappenings, messageHappenings } from './handling.js'
import type { DecideMessage } from './message/decide-message.js'
import { textAt } from './message/rule.js'
import type { SightingAddedMessage } from './message/sighting-added.js'
import { type CaseMessages, MESSAGES } from './messages.js'
import { refusalOf } from './refusing.js'
import { type CaseSignals, SIGNALS } from './signals.js'
import type { CaseState } from './state.js'
import { jsonBytes } from '../form/size.js'
import type { MessageName, SignalName } from '../vocabulary.js'

// What a run of a case was told, and acknowledged, but did not live to save. The case's next run gets
// it in its input, in the order in which it came.

type Sent = CaseMessages & CaseSignals

/**
 * A message or signal as a run got it, and the instant (epoch ms) of that. `requestId` is that of
 * `repeats.ts`.
 */
export type CarriedMessage = {
  [N in keyof Sent]: { name: N; message: Sent[N]; at: number; requestId?: string }
}[keyof Sent]
/** One of them that is an update. */
export type CarriedUpdate = Extract<CarriedMessage, { name: MessageName }>

/** What one run of a case hands to the next; `leftOut` says what there was besides. */
export interface Carried {
  messages: CarriedMessage[]
  leftOut?: string
}

/** The same as versions before wrote it. */
interface CarriedBefore {
  decisions: DecideMessage[]
  sightings: SightingAddedMessage[]
}
/** What the input of a run says that the one before did not live to apply. */
export type Undelivered = Carried | CarriedBefore

/** The end of time: nothing on record was written after it. */
const UNKNOWN = 8.64e15

/** The messages in it, in the order in which they are applied. */
export function undeliveredMessages(undelivered: Undelivered | undefined): CarriedMessage[] {
  if (!undelivered) return []
  if ('messages' in undelivered) return undelivered.messages
  const { decisions, sightings } = undelivered
  return [
    ...sightings.map((message) => ({ name: 'sightingAdded' as const, message, at: UNKNOWN })),
    ...decisions.map((message) => ({ name: 'decideAsync' as const, message, at: UNKNOWN })),
  ]
}

/** The next run's input has to stay below Temporal's limit of 2 MB. */
const MAX_CARRIED_BYTES = 1_000_000
/** So many of what was left out are named. */
const MAX_NAMED = 20
const MAX_WORDS = 500
const REQUEST = 'request '

/** What the record knows a message by; `null` for no id of its own. */
function idOf(carried: CarriedMessage): string | null {
  if (isCarriedSignal(carried)) return SIGNALS[carried.name].traceOf(carried.message)
  const { name, message, requestId } = carried
  if (MESSAGES[name].knownBy === 'decisionId') return `decision ${textAt(message, 'decisionId')}`
  return requestId === undefined ? null : REQUEST + requestId
}

/** True for what came as a signal. */
export function isCarriedSignal(
  carried: CarriedMessage,
): carried is Extract<CarriedMessage, { name: SignalName }> {
  return Object.hasOwn(SIGNALS, carried.name)
}

/** True for the names of what can be sent to a case. */
export function isMessageOrSignal(name: unknown): name is MessageName | SignalName {
  return typeof name === 'string' && (Object.hasOwn(MESSAGES, name) || Object.hasOwn(SIGNALS, name))
}

/** What a run of a case got: from the run before, and then itself. In the order in which it came. */
export interface Received {
  carried: readonly CarriedMessage[]
  own: readonly CarriedMessage[]
}

/**
 * What of it the record shows no trace of. A run saves in the order in which it applies: once a
 * message is on record, so is what followed from all before it. What has no id, or none in a record
 * of before there were ids of requests, is on record if something as late is. `events` are all of
 * the record; messages fit their forms.
 */
export function notOnRecord(
  { carried, own }: Received,
  events: readonly CaseEvent[],
): CarriedMessage[] {
  const received = [...carried, ...own]
  const traces = tracesOf(events)
  const lastAt = events.at(-1)?.at
  const knowsRequests = events.some(keepsRequests)
  const isSettled = (message: CarriedMessage, index: number): boolean => {
    const id = idOf(message)
    const hasTrace = id !== null && (knowsRequests || !id.startsWith(REQUEST))
    const isOwn = index >= carried.length
    const trace = hasTrace ? traces.get(id) : isOwn ? lastAt : undefined
    return trace !== undefined && trace >= message.at
  }
  return received.slice(received.findLastIndex(isSettled) + 1)
}

/** Events name the requests behind them since there is version 3 of the rules, in all cases. */
function keepsRequests({ type, data, request }: CaseEvent): boolean {
  return request !== undefined || (type === 'opened' && (data.policy?.rulesVersion ?? 0) >= 3)
}

/** When each id was last put on record. */
function tracesOf(events: readonly CaseEvent[]): Map<string, number> {
  const traces = new Map<string, number>()
  for (const { type, data, request, at } of events) {
    if (request !== undefined) traces.set(REQUEST + request, at)
    if (type === 'opened' || type === 'sightingAdded') {
      traces.set(`sighting ${data.sighting.sightingId}`, at)
    }
    if (type === 'decided' || type === 'handedOver') {
      traces.set(`decision ${data.decision.decisionId}`, at)
    }
    if (type === 'decisionRefused') traces.set(`decision ${data.decisionId}`, at)
  }
  return traces
}

/**
 * What of `messages` fits into an input, in their order. What people said goes before what monitors
 * saw, the earlier before the later; what does not fit is named.
 */
export function carriedWithin(
  messages: readonly CarriedMessage[],
  maxBytes = MAX_CARRIED_BYTES,
): Carried {
  const isSighting = ({ name }: CarriedMessage) => name === 'sightingAdded'
  const kept = new Set<CarriedMessage>()
  let sizeBytes = 0
  for (const ofKind of [messages.filter((m) => !isSighting(m)), messages.filter(isSighting)]) {
    for (const carried of ofKind) {
      sizeBytes += jsonBytes(carried)
      if (sizeBytes > maxBytes) break
      kept.add(carried)
    }
  }
  const left = messages.filter((carried) => !kept.has(carried))
  return {
    messages: messages.filter((carried) => kept.has(carried)),
    ...(left.length === 0 ? {} : { leftOut: inWords(left) }),
  }
}

function inWords(left: readonly CarriedMessage[]): string {
  const named = left.slice(0, MAX_NAMED).map((each) => `${each.name} (${idOf(each) ?? 'no id'})`)
  const more = left.length > MAX_NAMED ? `, and ${left.length - MAX_NAMED} more` : ''
  return (
    'acknowledged before the workflow ended, but too much to be taken over: ' +
    JSON.stringify(named.join(', ')).slice(1, -1).slice(0, 5_000) +
    more
  )
}

/** Puts on record what could not be carried. */
export function leftOutHappenings(undelivered: Undelivered | undefined): Happening[] {
  if (!undelivered || !('messages' in undelivered) || undelivered.leftOut === undefined) return []
  return [happening('noteAdded', { text: undelivered.leftOut, audience: 'internal' })]
}

/**
 * What follows from an update that an earlier run of the case had acknowledged: the same as then, or,
 * if the case has gone on without it and it may not be applied any more, a note that says so.
 */
export function carriedHappenings(
  state: CaseState,
  carried: CarriedUpdate,
  now: number,
): Happening[] {
  const refusal = refusalOf(state, carried, now)
  if (!refusal) return messageHappenings(state, carried, now)
  if (carried.name === 'decide' && refusal.code !== 'InvalidMessage') {
    return asyncDecisionHappenings(state, carried.message, now)
  }
  return [
    happening('noteAdded', {
      text: noLongerApplies(carried, refusal.message),
      audience: 'internal',
    }),
  ]
}

function noLongerApplies({ name, message, at }: CarriedUpdate, why: string): string {
  const { caller } = message
  const who = caller ? `${caller.role} ${caller.id}` : 'the user of the Temporal UI'
  const said = ['reason', 'message', 'text'].map((field) => textAt(message, field)).join('')
  const words = said === '' ? '' : `; it said: ${said.slice(0, MAX_WORDS)}`
  return (
    `${name} by ${who}, acknowledged at ${new Date(at).toISOString()} before the workflow ended, ` +
    `no longer applies: ${why}${words}`
  )
}
