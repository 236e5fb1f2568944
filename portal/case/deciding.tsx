import { useQueryClient } from '@tanstack/react-query'
import { ApiRefusal } from '../../client/errors.js'
import { casePath } from '../../client/paths.js'
import type { CaseSummary } from '../../contract/case.js'
import type { Applied, NewDecision } from '../../contract/decision.js'
import type { Verdict } from '../../domain/vocabulary.js'
import { api, freshId } from '../data/api.js'
import { patchRow } from '../data/cases.js'
import { troubleOf } from '../data/trouble.js'
import { tell } from '../design/toasts.js'
import { useReading } from '../words/words.js'
import { dropDraft } from './drafts.js'
import { FailedToDecide, Told } from './decision-messages.js'
import { forgetUndoable, latestUndoable, rememberUndoable, type Undoable } from './undoable.js'

/** What a decision needs of its case. */
export type Decidable = Pick<CaseSummary, 'caseId' | 'title' | 'shownHash'>
/** An answer, but for what names it and its case. */
export type Answer = Omit<NewDecision, 'decisionId' | 'shownHash'> & { verdict: Verdict }

/** The decision was applied, or is kept until somebody looks at it. */
type Sent = (Applied & { applied: true }) | { applied: false; decisionId: string }

/** Longest that the passing of a removal is told; what waits longer is in the list meanwhile. */
const TOLD_MS = 12_000

/** Sends answers, tells what becomes of them, and stops what can be stopped. */
export function useDeciding() {
  const client = useQueryClient()
  const { say } = useReading()

  const refresh = (caseId: string) => client.invalidateQueries({ queryKey: ['case', caseId] })

  /** True when the answer was taken. */
  async function decide(about: Decidable, answer: Answer): Promise<boolean> {
    const { caseId, title, shownHash } = about
    const decisionId = freshId()
    try {
      const body = { ...answer, decisionId, ...(shownHash ? { shownHash } : {}) }
      const sent = await api.post<Sent>(casePath(caseId, '/decision'), body)
      dropDraft(caseId)
      const undoable = sent.applied ? applied(about, answer.verdict, decisionId, sent) : null
      const { verdict } = answer
      const phase = sent.applied ? sent.phase : null
      const close = tell(
        {
          tone: 'good',
          content: () => (
            <Told
              {...{ title, verdict, phase }}
              dueAt={undoable?.dueAt ?? null}
              onUndo={undoable && (() => void undo(undoable))}
            />
          ),
        },
        TOLD_MS,
      )
      if (undoable) rememberUndoable({ ...undoable, close })
      void refresh(caseId)
      return true
    } catch (error) {
      failed('decide', about, error)
      return false
    }
  }

  function applied(
    { caseId, title }: Decidable,
    verdict: Verdict,
    decisionId: string,
    { phase, dueAt, rev, outcome }: Applied,
  ): Undoable | null {
    patchRow(client, caseId, { phase, dueAt, rev, verdict, decisionId, outcome: outcome ?? null })
    return phase === 'coolingOff' ? { caseId, title, decisionId, dueAt } : null
  }

  /** Stops a removal that has not begun: the case waits for an answer again. */
  async function undo({ caseId, title, decisionId, close }: Undoable): Promise<void> {
    close?.()
    forgetUndoable(decisionId)
    try {
      const body = { decisionId, reason: say('decision.undoReason') }
      const { phase, dueAt, rev } = await api.post<Applied>(casePath(caseId, '/undecide'), body)
      patchRow(client, caseId, { phase, dueAt, rev, verdict: null, decisionId: null })
      tell({ tone: 'calm', content: () => say('decision.undone', { title }) }, TOLD_MS)
    } catch (error) {
      failed('undo', { caseId, title }, error)
    }
    void refresh(caseId)
  }

  function failed(
    act: 'decide' | 'undo',
    { caseId, title }: Pick<Decidable, 'caseId' | 'title'>,
    error: unknown,
  ): void {
    // Somebody else decided, or the listing changed: the case shows what is true now.
    if (error instanceof ApiRefusal) {
      void refresh(caseId)
      void client.invalidateQueries({ queryKey: ['cases'] })
    }
    const trouble = troubleOf(error)
    tell({
      tone: 'alarm',
      content: (close) => <FailedToDecide {...{ act, caseId, title, trouble, close }} />,
    })
  }

  return {
    decide,
    undo,
    /** Stops the latest removal that can be. */
    undoLatest: () => {
      const latest = latestUndoable(Date.now())
      if (latest) void undo(latest)
    },
  }
}
