import type { CaseEvent } from '../case/events.js'
import type { CaseEventType, WebhookEvent } from '../vocabulary.js'

/** The version of what webhooks say; a field that changes its meaning makes another one. */
export const WEBHOOK_VERSION = 1

/** Events of a record from which a message to a brand's own system may follow. */
export const TOLD_EVENTS = [
  'opened',
  'asked',
  'reminderSent',
  'escalated',
  'decided',
  'attentionNeeded',
  'closed',
] as const satisfies readonly CaseEventType[]

/** What is told: what it is called, and what it says beyond which case it is about. */
export interface WebhookFacts {
  type: WebhookEvent
  data: Record<string, string | number>
}

/**
 * What a brand's own system is told of an event of a case, in this order. Only what any of the
 * brand's people may read, and never what somebody wrote: who wants more asks the API, with its key.
 */
export function webhookFacts(event: CaseEvent): WebhookFacts[] {
  switch (event.type) {
    case 'opened': {
      const { reopens } = event.data
      if (!reopens) return []
      return [{ type: 'case.reopened', data: { reopens: reopens.caseId } }]
    }
    case 'asked': {
      const { wait, cause } = event.data
      if (wait.owner !== 'brand') return []
      return [{ type: 'case.decision_requested', data: { cause, dueAt: iso(wait.dueAt) } }]
    }
    case 'reminderSent': {
      const { owner, number } = event.data
      return [{ type: 'case.reminded', data: { owner, number } }]
    }
    case 'escalated': {
      const { to, cause, wait } = event.data
      return [{ type: 'case.escalated', data: { to, cause, dueAt: iso(wait.dueAt) } }]
    }
    case 'decided': {
      const { decisionId, verdict, basis, by } = event.data.decision
      return [{ type: 'case.decided', data: { decisionId, verdict, basis, role: by.role } }]
    }
    case 'attentionNeeded': {
      const { attention, failing } = event.data
      // While the service tries again by itself, it is told when people are.
      if (failing && failing.toldAt !== event.at) return []
      return [{ type: 'case.needs_attention', data: { reason: attention.reason } }]
    }
    case 'closed':
      return factsOfEnd(event.data)
    default:
      return []
  }
}

function factsOfEnd({ ending, takedown }: CaseEvent<'closed'>['data']): WebhookFacts[] {
  const { outcome, basis, releaseReason } = ending
  // It was never asked about, and so there is nothing to tell its end of.
  if (outcome === 'refused') return []
  const data = {
    outcome,
    ...(basis ? { basis } : {}),
    ...(releaseReason ? { releaseReason } : {}),
  }
  const { takedownId, removedAt } = takedown ?? {}
  const removal = {
    ...(takedownId === undefined ? {} : { takedownId }),
    ...(removedAt === undefined ? {} : { removedAt: iso(removedAt) }),
  }
  const end: WebhookFacts = { type: 'case.closed', data }
  return outcome === 'takenDown' ? [{ type: 'case.taken_down', data: removal }, end] : [end]
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
