import type { CaseSummary } from '../../contract/case.js'
import { isWaitingPhase } from '../../domain/vocabulary.js'
import type { Words } from '../../wording/vocabulary.js'

/** Where a case stands, for people: in which phase, whose turn it is, and what follows if nobody acts. */
export interface Standing {
  phase: string
  /** `null` when it is nobody's turn. */
  owner: string | null
  /** What happens by itself; `null` where nothing does. */
  follows: string | null
  tone: 'calm' | 'soon' | 'alarm' | 'good'
}

type Shown = Pick<CaseSummary, 'phase' | 'outcome' | 'owner' | 'silence' | 'verdict'>

/** The standing of a case in the words of a language. */
export function standingOf(
  { phase, outcome, owner, silence, verdict }: Shown,
  words: Words,
): Standing {
  const answered = verdict && words.verdicts[verdict].label
  if (phase === 'closed') {
    const isRemoved = outcome === 'takenDown' || outcome === 'alreadyGone'
    return {
      phase: outcome ? words.outcomes[outcome] : words.phases.closed,
      owner: null,
      follows: answered,
      tone: isRemoved ? 'good' : 'calm',
    }
  }
  const whose = owner && words.owners[owner]
  if (isWaitingPhase(phase)) {
    const follows = silence && words.silencePolicies[silence]
    return { phase: words.phases[phase], owner: whose, follows, tone: 'calm' }
  }
  return {
    phase: words.phases[phase],
    owner: whose,
    follows: answered,
    tone: phase === 'needsAttention' ? 'alarm' : 'soon',
  }
}

/** True while an answer can win: somebody is asked, and nobody has answered. */
export function isDecidable({ phase, verdict }: Pick<CaseSummary, 'phase' | 'verdict'>): boolean {
  return (isWaitingPhase(phase) || phase === 'needsAttention') && verdict === null
}
