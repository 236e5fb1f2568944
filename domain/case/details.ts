import { MESSAGES } from './messages.js'
import type { CaseState } from './state.js'
import { caseSummary } from './summary.js'
import { possibleMessages } from './refusing.js'
import { plainMarkdown } from '../form/markdown.js'
import { overdueDeadline } from './waiting/overdue.js'
import { stoppingText } from './stopping.js'
import { nextDeadline } from './waiting/due.js'

/**
 * What a manager reads in the Temporal UI: whose turn, which listing, due when, last error, how to
 * unblock. Markdown.
 */
export function caseDetails(state: CaseState): string {
  const { brandId, listing } = state
  const lines = [`**${state.phase}**${turn(state)}`]
  if (listing) lines.push(caseSummary({ brandId, listing }))
  if (state.reopens) {
    const { caseId, by, reason: why } = state.reopens
    lines.push(`Takes up ${plainMarkdown(caseId)} again (${by.role}: ${others(why)})`)
  }
  if (state.ending) {
    lines.push(`Outcome: **${state.ending.outcome}**${reason(state)}`)
  }
  if (state.closing) {
    const { by, reason: why } = state.closing
    const forced = `\`joint-force case close ${state.caseId} --force --reason …\``
    lines.push(
      `**${stoppingText(state)}** (${by.role}: ${plainMarkdown(why)}). Nothing is sent any more; ${forced} closes it without knowing`,
    )
  }
  const deadline = nextDeadline(state)
  if (deadline) lines.push(`Next: ${deadline.kind} at ${iso(deadline.at)}`)
  if (state.decision) {
    const { verdict, by, basis } = state.decision
    lines.push(`Decision: ${verdict} by ${by.role} (${basis})`)
  }
  if (state.attention) {
    lines.push(`Stuck since ${iso(state.attention.since)}: ${others(state.attention.detail)}`)
    lines.push(
      'To unblock:',
      ...state.attention.unblock.map(
        (name) => `- ${MESSAGES[name].toUnblock?.(state.caseId) ?? name}`,
      ),
    )
  } else if (state.phase !== 'closed') {
    lines.push(
      `Possible now: ${possibleMessages(state, state.updatedAt).join(', ') || 'nothing, it is moving by itself'}`,
    )
  }
  for (const failed of state.failedNotices.slice(-3)) {
    lines.push(
      `Notice "${failed.kind}" to ${others(failed.contactId)} failed: ${others(failed.detail)}`,
    )
  }
  return lines.join('\n\n')
}

function turn(state: CaseState): string {
  if (!state.wait) return ''
  const overdue = overdueDeadline(state)
  if (overdue) {
    const who = overdue.who ? ` ${overdue.who}` : ''
    return `: **overdue** since ${iso(overdue.dueAt)}, missed by ${overdue.owner}${who}`
  }
  return `: waiting for ${state.wait.owner} until ${iso(state.wait.dueAt)}`
}

function reason(state: CaseState): string {
  const text = state.ending?.releaseReason ?? state.ending?.reason
  return text ? ` (${others(text)})` : ''
}

/** Words of sellers, marketplaces and mail servers: one line, and no Markdown of theirs. */
function others(text: string): string {
  return plainMarkdown(text.replace(/[\p{C}\s]+/gu, ' ').trim())
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
