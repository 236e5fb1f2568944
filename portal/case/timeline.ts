import type { PresentedEvent } from '../../contract/event.js'
import type { Role, Verdict } from '../../domain/vocabulary.js'
import type { PortalWord } from '../../wording/portal-words.js'
import type { Words } from '../../wording/vocabulary.js'

/** One entry of a case's history as people read it. */
export interface TimelineEntry {
  seq: number
  at: string
  hash: string
  word: `event.${PresentedEvent['type']}` & PortalWord
  /** Fills the sentence. */
  values: Record<string, string | number>
  /** Whoever did it; `null`: the service itself. */
  who: string | null
  /** Whose turn it is from then on, and until when. */
  wait: { owner: string; dueAt: string } | null
  /** What else there is to say of it, in words. */
  lines: string[]
}

interface Data {
  wait?: { owner: keyof Words['owners']; dueAt: string }
  decision?: { verdict: Verdict; explanation?: string; question?: string; proof?: string }
  ending?: { outcome: keyof Words['outcomes']; reason?: string; basis?: keyof Words['bases'] }
  attention?: { reason: keyof Words['attentionReasons']; detail: string }
  verdict?: Verdict
  owner?: keyof Words['owners']
  number?: number
  to?: string
  reason?: string
  message?: string
  detail?: string
  text?: string
}

/** The record of a case, oldest first, in the words of a language. */
export function timelineOf(events: readonly PresentedEvent[], words: Words): TimelineEntry[] {
  return events.map(({ seq, at, hash, type, by, data: given }) => {
    const data = given as Data
    return {
      seq,
      at,
      hash,
      word: `event.${type}`,
      values: valuesOf(type, data, words),
      who: by.role === 'system' ? null : (by.name ?? words.roles[by.role satisfies Role]),
      wait: data.wait ? { owner: words.owners[data.wait.owner], dueAt: data.wait.dueAt } : null,
      lines: linesOf(data, words),
    }
  })
}

function valuesOf(type: PresentedEvent['type'], data: Data, words: Words): TimelineEntry['values'] {
  const { owner, number = 0, to = '' } = data
  if (type === 'reminderSent') return { number, owner: owner ? words.owners[owner] : '' }
  // Passed on to a role, reassigned to a person by their id.
  if (type === 'escalated') return { to: words.owners[to as keyof Words['owners']] ?? to }
  return { to }
}

function linesOf(data: Data, words: Words): string[] {
  const { decision, ending, attention, verdict, reason, message, detail, text } = data
  const lines = [
    decision && words.verdicts[decision.verdict].label,
    verdict && words.verdicts[verdict].label,
    decision?.explanation,
    decision?.question,
    decision?.proof,
    ending && words.outcomes[ending.outcome],
    ending?.basis && words.bases[ending.basis],
    ending?.reason,
    attention && words.attentionReasons[attention.reason],
    attention?.detail,
    reason,
    message,
    detail,
    text,
  ]
  return lines.filter((line) => line !== undefined && line !== '') as string[]
}
