import type { CaseEvent } from '../../domain/case/events.js'
import { explain } from '../../domain/case/history.js'
import { staffRecipient } from '../../domain/notice/recipients.js'
import type { CaseEventType } from '../../domain/vocabulary.js'
import type { Wait } from '../../domain/case/state.js'
import type { PresentedEvent } from '../../contract/event.js'
import type { StoredEvent } from '../../store/store.js'
import { presentDecision, presentFailedNotice, presentReopening } from './case.js'
import { iso } from './iso.js'
import { type Names, type Reader, withName } from './reader.js'

/** The complete record as `reader` may see it: each note is for its audience, and for staff. */
export function presentEvents(
  caseId: string,
  stored: readonly StoredEvent<CaseEvent>[],
  reader: Reader,
  names: Names = new Map(),
): PresentedEvent[] {
  const explained = explain(
    caseId,
    stored.map(({ event }) => event),
  )
  return stored
    .map((one, index) => ({ ...one, why: explained[index] }))
    .filter(({ event }) => mayRead(event, reader))
    .map(({ event, hash, why }) => {
      const { seq, at, type, by } = event
      const data = presentData(event, reader, names)
      return {
        seq,
        at: iso(at),
        type,
        by: withName(by, names),
        data: reader === 'monitor' ? withoutMessage(type, data) : data,
        phase: why?.phase ?? null,
        owner: why?.owner ?? null,
        clause: reader === 'monitor' ? null : (why?.clause ?? null),
        hash,
      }
    })
}

function mayRead(event: CaseEvent, reader: Reader): boolean {
  if (reader === 'staff') return true
  if (event.type === 'signalIgnored') return false
  if (event.type !== 'noteAdded') return true
  return event.data.audience === AUDIENCES[reader]
}

/** Whose notes are whose to read, but for staff. */
const AUDIENCES = { brand: 'brand', monitor: 'marketplace' } as const

/** What staff and brand write to each other about their work; why a case was closed is for all. */
const MESSAGES: Partial<Record<CaseEventType, string>> = {
  asked: 'message',
  undecided: 'reason',
  reassigned: 'reason',
  deadlineMoved: 'reason',
}

function withoutMessage(
  type: CaseEventType,
  data: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== MESSAGES[type]))
}

function presentData(event: CaseEvent, reader: Reader, names: Names): Record<string, unknown> {
  switch (event.type) {
    case 'opened': {
      const { policy, parties, sighting, reopens, ...data } = event.data
      const { contactIds: _contactIds, ...people } = parties
      return {
        ...data,
        ...(reopens ? { reopens: presentReopening(reopens, reader, names) } : {}),
        sighting: { ...sighting, at: iso(sighting.at) },
        parties: people,
        policyVersion: policy?.policyVersion ?? null,
        rulesVersion: policy?.rulesVersion ?? null,
      }
    }
    case 'asked':
    case 'escalated':
    case 'coolingOffStarted':
    case 'undecided':
    case 'lookUpFailed':
      return { ...event.data, wait: presentWait(event.data.wait) }
    case 'restorationRequested':
      return { cause: event.data.cause }
    case 'restored':
      return 'restoredAt' in event.data
        ? { ...event.data, restoredAt: iso(event.data.restoredAt) }
        : event.data
    case 'attentionNeeded': {
      const { attention, wait } = event.data
      const { observed: _observed, ...shown } = attention
      return { attention: shown, wait: presentWait(wait) }
    }
    case 'reminderSent': {
      const { nextDueAt, ...data } = event.data
      return { ...data, ...(nextDueAt === undefined ? {} : { nextDueAt: iso(nextDueAt) }) }
    }
    case 'handedOver':
    case 'decided':
      return { decision: presentDecision(event.data.decision, reader, names) }
    case 'takedownRequested': {
      const { n, cause, acceptChanged } = event.data
      return { attempt: n, cause, acceptChanged }
    }
    case 'deadlineMoved': {
      const { from, to, reminders, ...data } = event.data
      return { ...data, from: iso(from), to: iso(to), reminders: reminders.map(iso) }
    }
    case 'sightingAdded': {
      const { sighting, ...data } = event.data
      return { sighting: { ...sighting, at: iso(sighting.at) }, ...data }
    }
    case 'workingTimeChanged': {
      const { role, who, workingTime } = event.data
      return { role, who, ...named('who', who, names), isKnown: workingTime !== null }
    }
    case 'noticeFailed':
      return presentFailedNotice(event.data, reader)
    case 'closed': {
      const { takedown, ...data } = event.data
      if (!takedown) return data
      const { removedAt, ...removal } = takedown
      return {
        ...data,
        takedown: { ...removal, ...(removedAt === undefined ? {} : { removedAt: iso(removedAt) }) },
      }
    }
    case 'stopRequested': {
      const { then, reason } = event.data
      return { then, reason }
    }
    case 'reassigned': {
      const { from, to } = event.data
      return { ...event.data, ...named('from', from, names), ...named('to', to, names) }
    }
    case 'decisionRefused':
    case 'severityRaised':
    case 'noteAdded':
    case 'listingGoneHeard':
    case 'stillListed':
    case 'signalIgnored':
    case 'closeRequested':
    case 'closeFailed':
      return { ...event.data }
  }
}

/** `toName`, beside `to`: what an account manager or lead is called. */
function named(field: string, id: string | null, names: Names): Record<string, string> {
  const known = id === null ? undefined : names.get(staffRecipient(id))
  return known ? { [`${field}Name`]: known.name } : {}
}

function presentWait({ pauses: _pauses, ...wait }: Wait) {
  return {
    ...wait,
    startedAt: iso(wait.startedAt),
    dueAt: iso(wait.dueAt),
    reminders: wait.reminders.map(iso),
  }
}
