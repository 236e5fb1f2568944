import type { Applied } from '../contract/decision.js'
import { momentAndDistance } from './moments.js'
import type { Session } from './session.js'

/** Prints where a case stands after something was done to it. */
export function printStanding(session: Session, applied: Applied): void {
  const { caseId, phase, dueAt, outcome } = applied
  const due = dueAt ? `, due ${momentAndDistance(dueAt, session.nowMs)}` : ''
  session.print(applied, `${caseId}: ${outcome ?? phase}${due}`)
}
