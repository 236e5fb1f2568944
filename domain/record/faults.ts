import { type Fault, FAULTS } from '../vocabulary.js'

const IN_WORDS: Record<Fault, string> = {
  TooLarge: 'it is larger than the database or Temporal takes',
  NotStorable: 'the database takes nothing of this form',
  Unreadable: 'what is stored cannot be read',
  NotConfigured: 'it is not set up here',
  Refused: 'it was refused',
  CodeFault: 'a fault of the service itself',
}

const MAX_MESSAGE = 500

/** The fault in plain words, with what exactly failed; bounded. */
export function faultMessage(fault: Fault, detail: string): string {
  return `${IN_WORDS[fault]}: ${detail}`.slice(0, MAX_MESSAGE)
}

/** The fault that a failure's type names, or `null`. */
export function readFault(type: string | null | undefined): Fault | null {
  return FAULTS.find((fault) => fault === type) ?? null
}
