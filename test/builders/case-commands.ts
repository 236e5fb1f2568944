import { HOUR_MS } from '../../domain/brand/calendar.js'
import { type CaseEvent, happening } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import {
  EVERYTHING,
  type OpenCaseCommand,
  type SaveCommand,
  type Store,
} from '../../store/store.js'
import { type BuiltCase, continueCase, MONDAY_MS } from './case.js'

/** Opens the case with its whole record, which is only the opening so far. */
export function openCommand(built: BuiltCase, externalId: string | null = null): OpenCaseCommand {
  return { workflowId: built.workflowId, externalId, events: built.events, state: built.state }
}

/** Saves the events of the case from number `fromSeq` on. */
export function saveCommand(built: BuiltCase, fromSeq: number): SaveCommand<CaseState, CaseEvent> {
  const { workflowId, state } = built
  return { workflowId, state, events: built.events.filter((e) => e.seq >= fromSeq) }
}

/** The case after an internal note, written an hour after the builders opened it. */
export function noted(built: BuiltCase, text: string): BuiltCase {
  return continueCase(
    built,
    [happening('noteAdded', { text, audience: 'internal' })],
    MONDAY_MS + HOUR_MS,
  )
}

/** What the store has of a case, without what chains the events to each other. */
export async function storedEvents(store: Store, caseId: string): Promise<CaseEvent[]> {
  return (await store.cases.events(EVERYTHING, caseId)).map((stored) => stored.event)
}
