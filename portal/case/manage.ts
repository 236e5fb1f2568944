import type { Case } from '../../contract/case.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import type { StaffRole } from '../../domain/vocabulary.js'

/** What staff can do about a case besides answering it, in the order in which it is offered. */
export const MANAGING_ACTS = [
  'returnToBrand',
  'extendDeadline',
  'reassign',
  'retryTakedown',
  'closeManually',
] as const satisfies readonly Case['allowed'][number][]
export type ManagingAct = (typeof MANAGING_ACTS)[number]

/** By how many days a deadline can be moved. */
export const MOVES = ['1', '2', '3', '7', '14'] as const

/** What somebody has entered for it. */
export interface Managed {
  /** A question, or a reason. */
  text: string
  days: (typeof MOVES)[number]
  role: StaffRole
  /** Who gets it, by their id. */
  to: string
  /** Remove it as it is now. */
  isSure: boolean
}

/** Nothing entered yet. */
export const unmanaged: Managed = {
  ...{ text: '', days: '1', role: 'accountManager', to: '', isSure: false },
}

/** Those of them that the case allows. */
export function managingActs(allowed: Case['allowed']): ManagingAct[] {
  return MANAGING_ACTS.filter((act) => allowed.includes(act))
}

/** What is sent for it below the address of the case; `null` while something is missing. */
export function bodyOf(
  act: ManagingAct,
  { text, days, role, to, isSure }: Managed,
  { dueAt, attention }: Pick<Case, 'dueAt' | 'attention'>,
  nowMs: number,
): { path: string; sent: object } | null {
  const given = text.trim()
  const reason = given === '' ? {} : { reason: given }
  switch (act) {
    case 'returnToBrand':
      return given === '' ? null : { path: 'return-to-brand', sent: { message: given } }
    case 'extendDeadline': {
      const fromMs = Math.max(nowMs, dueAt === null ? 0 : Date.parse(dueAt))
      const until = new Date(fromMs + Number(days) * DAY_MS).toISOString()
      return { path: 'extend', sent: { until, ...reason } }
    }
    case 'reassign':
      return to === '' ? null : { path: 'reassign', sent: { role, to, ...reason } }
    case 'retryTakedown': {
      const hasChanged = attention?.reason === 'listingChanged'
      if (hasChanged && !isSure) return null
      return { path: 'retry-takedown', sent: hasChanged ? { acceptChanged: true } : {} }
    }
    case 'closeManually':
      return given === '' ? null : { path: 'close', sent: reason }
  }
}
