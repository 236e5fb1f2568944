import { type InboxSearch, readSearch, type SearchChange } from './search.js'

/** Views that everybody has; their names are `views.…` of the words. */
export const BUILT_IN_VIEWS = {
  safety: { severity: 'S1' },
  newest: { sort: '-openedAt' },
  stoppable: { view: 'stoppable' },
  stuck: { view: 'stuck' },
  removed: { view: 'closed', outcome: 'takenDown' },
  unanswered: { view: 'closed', outcome: 'expired' },
} as const satisfies Record<string, InboxSearch>
export type BuiltInView = keyof typeof BUILT_IN_VIEWS

/** All of an address that a view is about: not which case is open in it. */
const OF_VIEW = [
  ...(['view', 'sort', 'severity', 'outcome', 'marketplace', 'brand', 'seller'] as const),
  ...(['picture', 'shape', 'band', 'text', 'mail', 'columns'] as const),
]

/** What is saved of an address. */
export function textOfView(search: InboxSearch): string {
  const parameters = OF_VIEW.flatMap((name): [string, string][] => {
    const value = search[name]
    return value === undefined ? [] : [[name, value]]
  })
  return new URLSearchParams(parameters).toString()
}

/** The address that a saved view opens, as far as it can still be meant: nothing stays of the one before. */
export function searchOfView(text: string): SearchChange {
  return opening(readSearch(Object.fromEntries(new URLSearchParams(text))))
}

/** The same for what is not saved as a text. */
export function opening(search: InboxSearch): SearchChange {
  const cleared = Object.fromEntries([...OF_VIEW, 'case', 'pane'].map((name) => [name, undefined]))
  return { ...(cleared as SearchChange), ...search }
}

/** True for a view that shows what `search` shows. */
export function isShown(text: string, search: InboxSearch): boolean {
  return (
    textOfView(readSearch(Object.fromEntries(new URLSearchParams(text)))) === textOfView(search)
  )
}
