import type { CaseState } from './case-state.js'
import { allowedMessages } from './handling.js'
import { nextDeadline } from './waiting.js'

const HOW_TO: Record<string, string> = {
  retryTakedown:
    'Send the update `retryTakedown` with `{}` (after a changed listing: `{"acceptChanged": true}`)',
  extendDeadline: 'Send the update `extendDeadline` with `{"until": "2026-01-31T12:00:00Z"}`',
  reassign: 'Send the update `reassign` with `{"role": "accountManager", "to": "<id>"}`',
  decide: 'A decision goes through the API or `joint-force case decide`',
  returnToBrand: '`joint-force case return` asks the brand again',
  closeManually: '`joint-force case close --reason …` closes it',
}

/** What a manager reads in the Temporal UI: whose turn, due when, last error, how to unblock. Markdown. */
export function caseDetails(state: CaseState): string {
  const lines = [`**${state.phase}**${turn(state)}`]
  if (state.ending) {
    lines.push(`Outcome: **${state.ending.outcome}**${reason(state)}`)
  }
  const deadline = nextDeadline(state)
  if (deadline) lines.push(`Next: ${deadline.kind} at ${iso(deadline.at)}`)
  if (state.decision) {
    const { verdict, by, basis } = state.decision
    lines.push(`Decision: ${verdict} by ${by.role} (${basis})`)
  }
  if (state.attention) {
    lines.push(`Stuck since ${iso(state.attention.since)}: ${state.attention.detail}`)
    lines.push('To unblock:', ...state.attention.unblock.map((name) => `- ${HOW_TO[name] ?? name}`))
  } else if (state.phase !== 'closed') {
    lines.push(
      `Possible now: ${allowedMessages(state).join(', ') || 'nothing, it is moving by itself'}`,
    )
  }
  for (const failed of state.failedNotices.slice(-3)) {
    lines.push(`Notice "${failed.kind}" to ${failed.contactId} failed: ${failed.detail}`)
  }
  return lines.join('\n\n')
}

function turn(state: CaseState): string {
  if (!state.wait) return ''
  return `: waiting for ${state.wait.owner} until ${iso(state.wait.dueAt)}`
}

function reason(state: CaseState): string {
  const text = state.ending?.releaseReason ?? state.ending?.reason
  return text ? ` (${text})` : ''
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
