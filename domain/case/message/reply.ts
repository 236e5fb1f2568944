import type { Hold } from '../../brand/brake.js'
import type { Snapshot } from '../shown.js'
import type { Actor } from '../state.js'
import type { MessageName, Outcome, Phase, RefusalCode, Verdict } from '../../vocabulary.js'

/** The answer to every applied message. Instants are ISO 8601. */
export interface Applied {
  caseId: string
  rev: number
  phase: Phase
  dueAt: string | null
  decisionId?: string
  outcome?: Outcome
  /** Why the decision waits although it won. */
  held?: Hold
}

/** Who decided what, for somebody whose own answer came later. */
export interface Winner extends Pick<Actor, 'role' | 'id'> {
  decisionId: string
  verdict: Verdict
  /** ISO 8601. */
  decidedAt: string
}

/** Why a message was refused, with what a caller needs to do better. */
export interface Refusal {
  code: RefusalCode
  message: string
  details: {
    phase: Phase
    allowed?: MessageName[]
    /** Where the decision that stands is what the message came up against. */
    winner?: Winner
    outcome?: Outcome
    /** What the case shows now, and what the answer was given on as far as the case knows it. */
    shown?: Snapshot
    decidedOn?: Snapshot
  }
}

/** Why the rule of a message refuses it, before the details are known. */
export type Refuse = Pick<Refusal, 'code' | 'message'>

/** It is not possible as the case stands. */
export const notNow = (message: string): Refuse => ({ code: 'NotAllowedNow', message })
/** Somebody else may. */
export const notYou = (message: string): Refuse => ({ code: 'NotAllowedForRole', message })
/** It says what cannot be meant. */
export const invalid = (message: string): Refuse => ({ code: 'InvalidMessage', message })
