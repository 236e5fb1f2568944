import type { PresentedEvent } from '../../contract/event.js'
import type { NoteAudience, Owner, Phase, Role, Verdict } from '../../domain/vocabulary.js'
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
  who: { name: string; isFormer: boolean } | null
  /** What of the policy led to it. */
  clause: PresentedEvent['clause']
  /** Of a note: whose it is to read. */
  audience: NoteAudience | null
  /** Until when somebody has the turn, where it began or moved. */
  dueAt: string | null
  /** What else there is to say of it, in words. */
  lines: string[]
}

/** A time in which it was somebody's turn. */
export interface Turn {
  /** The entry it begins with. */
  seq: number
  owner: Owner
  phase: Phase
  from: string
  /** `null` while it goes on. */
  to: string | null
}

interface Data {
  wait?: { dueAt: string }
  decision?: { verdict: Verdict; explanation?: string; question?: string; proof?: string }
  ending?: { outcome: keyof Words['outcomes']; reason?: string; basis?: keyof Words['bases'] }
  attention?: { reason: keyof Words['attentionReasons']; detail: string }
  verdict?: Verdict
  owner?: keyof Words['owners']
  number?: number
  to?: string
  toName?: string
  reason?: string
  message?: string
  detail?: string
  text?: string
  audience?: NoteAudience
}

/** The record of a case, oldest first, in the words of a language. */
export function timelineOf(events: readonly PresentedEvent[], words: Words): TimelineEntry[] {
  return events.map(({ seq, at, hash, type, by, clause, data: given }) => {
    const data = given as Data
    return {
      ...{ seq, at, hash, word: `event.${type}`, clause },
      values: valuesOf(type, data, words),
      who:
        by.role === 'system'
          ? null
          : {
              name: by.name ?? words.roles[by.role satisfies Role],
              isFormer: by.former ?? false,
            },
      audience: type === 'noteAdded' ? (data.audience ?? null) : null,
      dueAt: data.wait?.dueAt ?? (type === 'deadlineMoved' ? (data.to ?? null) : null),
      lines: linesOf(data, words),
    }
  })
}

/** Whose turn it was one after another, each until it was somebody else's or another step. */
export function turnsOf(events: readonly PresentedEvent[]): Turn[] {
  const turns: Turn[] = []
  let last: Turn | undefined
  for (const { seq, at, phase, owner } of events) {
    if (last && last.owner === owner && last.phase === phase) continue
    if (last) last.to = at
    last = undefined
    if (owner === null || phase === null) continue
    last = { seq, owner, phase, from: at, to: null }
    turns.push(last)
  }
  return turns
}

function valuesOf(type: PresentedEvent['type'], data: Data, words: Words): TimelineEntry['values'] {
  const { owner, number = 0, to = '', toName } = data
  if (type === 'reminderSent') return { number, owner: owner ? words.owners[owner] : '' }
  // Passed on to a role, reassigned to a person.
  if (type === 'escalated') return { to: words.owners[to as keyof Words['owners']] ?? to }
  return { to: toName ?? to }
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
