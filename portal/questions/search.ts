/** What the address says: the question that a mail leads to. */
export interface QuestionsSearch {
  open?: string
}

/** The address as far as it can be meant. */
export function readQuestionsSearch(given: Readonly<Record<string, unknown>>): QuestionsSearch {
  const { open } = given
  return typeof open === 'string' && open.startsWith('question~') ? { open } : {}
}
