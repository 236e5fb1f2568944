import type { CaseEvent } from '../../domain/case/events.js'
import type { Actor, Parties } from '../../domain/case/state.js'
import { staffRecipient } from '../../domain/notice/recipients.js'
import type { StaffRole } from '../../domain/vocabulary.js'

/** Somebody who is named where a case is shown. */
type Named = Pick<Actor, 'role' | 'id'>

/** Whoever did something in a record, or got the case. */
export function actingIn(events: readonly CaseEvent[]): Named[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'handedOver':
      case 'decided':
        return [event.by, event.data.decision.by]
      case 'reassigned': {
        const { role, from, to } = event.data
        return [event.by, ...staff(role, from), ...staff(role, to)]
      }
      case 'workingTimeChanged':
        return staff(event.data.role, event.data.who)
      default:
        return [event.by]
    }
  })
}

/** Whoever looks after a case. */
export function lookingAfter({ accountManagerId, leadId }: Parties): Named[] {
  return [...staff('accountManager', accountManagerId), ...staff('lead', leadId)]
}

function staff(role: StaffRole, id: string | null): Named[] {
  return id === null ? [] : [{ role, id: staffRecipient(id) }]
}
