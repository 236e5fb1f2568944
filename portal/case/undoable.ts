/** A decision that can be undone until `dueAt`. */
export interface Undoable {
  caseId: string
  title: string
  decisionId: string
  dueAt: string | null
  /** Takes away the message that tells of it. */
  close?: () => void
}

let stack: readonly Undoable[] = []

/** Remembers what was decided last. */
export function rememberUndoable(undoable: Undoable): void {
  stack = [...stack, undoable].slice(-50)
}

/** Forgets it, because it was undone. */
export function forgetUndoable(decisionId: string): void {
  stack = stack.filter((each) => each.decisionId !== decisionId)
}

/** The latest that can be undone still. */
export function latestUndoable(nowMs: number): Undoable | undefined {
  stack = stack.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) > nowMs)
  return stack.at(-1)
}
