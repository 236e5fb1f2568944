import type { PortalWord } from '../../wording/portal-words.js'

/** What a key can do; `verdict…` are made of the answers a role can give (case/verdicts.ts). */
export const SHORTCUT_IDS = [
  'next',
  'previous',
  'select',
  'extendNext',
  'extendPrevious',
  'selectAll',
  'clear',
  'nextOfSeller',
  'selectSeller',
  'selectPicture',
  'selectTitle',
  'selectPrice',
  'decideSelected',
  'search',
  'views',
  'columns',
  'exportCsv',
  'explain',
  'statement',
  'send',
  'sendFromField',
  'zoom',
  'compare',
  'nextPicture',
  'undo',
  'openPage',
  'inbox',
  'help',
] as const
export type ShortcutId = (typeof SHORTCUT_IDS)[number]

/** Where a shortcut does something. */
export type Place = 'everywhere' | 'inbox' | 'listing'

/** One row of the table of shortcuts. */
export interface Shortcut {
  /** As tinykeys writes them: modifiers, then the key. */
  keys: readonly string[]
  where: Place
  word: PortalWord
  /** Works while somebody writes, too. */
  inFields?: true
}

/** The one table of shortcuts: what binds them, and what `?` shows. */
export const SHORTCUTS: Record<ShortcutId, Shortcut> = {
  next: { keys: ['j'], where: 'inbox', word: 'keys.next' },
  previous: { keys: ['k'], where: 'inbox', word: 'keys.previous' },
  select: { keys: ['x'], where: 'inbox', word: 'keys.select' },
  extendNext: { keys: ['Shift+J'], where: 'inbox', word: 'keys.extendNext' },
  extendPrevious: { keys: ['Shift+K'], where: 'inbox', word: 'keys.extendPrevious' },
  selectAll: { keys: ['Shift+A'], where: 'inbox', word: 'keys.selectAll' },
  clear: { keys: ['Escape'], where: 'inbox', word: 'keys.clear' },
  nextOfSeller: { keys: ['s'], where: 'inbox', word: 'keys.nextOfSeller' },
  selectSeller: { keys: ['Shift+S'], where: 'inbox', word: 'keys.selectSeller' },
  selectPicture: { keys: ['Shift+P'], where: 'inbox', word: 'keys.selectPicture' },
  selectTitle: { keys: ['Shift+T'], where: 'inbox', word: 'keys.selectTitle' },
  selectPrice: { keys: ['Shift+R'], where: 'inbox', word: 'keys.selectPrice' },
  decideSelected: { keys: ['b'], where: 'inbox', word: 'keys.decideSelected' },
  search: { keys: ['/'], where: 'inbox', word: 'keys.search' },
  views: { keys: ['v'], where: 'inbox', word: 'keys.views' },
  columns: { keys: ['f'], where: 'inbox', word: 'keys.columns' },
  exportCsv: { keys: ['Shift+E'], where: 'inbox', word: 'keys.exportCsv' },
  explain: { keys: ['e'], where: 'inbox', word: 'keys.explain' },
  statement: { keys: ['a'], where: 'inbox', word: 'keys.statement' },
  send: { keys: ['Enter'], where: 'inbox', word: 'keys.send' },
  sendFromField: {
    keys: ['$mod+Enter'],
    where: 'inbox',
    word: 'keys.sendFromField',
    inFields: true,
  },
  zoom: { keys: ['z'], where: 'listing', word: 'keys.zoom' },
  compare: { keys: ['c'], where: 'listing', word: 'keys.compare' },
  nextPicture: { keys: ['p'], where: 'listing', word: 'keys.nextPicture' },
  undo: { keys: ['u'], where: 'everywhere', word: 'keys.undo' },
  openPage: { keys: ['o'], where: 'inbox', word: 'keys.openPage' },
  inbox: { keys: ['g'], where: 'everywhere', word: 'keys.inbox' },
  help: { keys: ['Shift+?'], where: 'everywhere', word: 'keys.help' },
}

/** How a key is written for people: `Shift+J` as Shift and J. */
export function keyNames(key: string, isMac: boolean): string[] {
  return key.split('+').map((part) => {
    if (part === '$mod') return isMac ? '⌘' : 'Ctrl'
    return part.length === 1 ? part.toUpperCase() : part
  })
}

/** What of a key event decides whether it is meant for us. */
export interface Pressed {
  key: string
  code: string
  isComposing: boolean
  /** It comes from a field that somebody writes in. */
  isInField: boolean
  /** It comes from a dialog, a menu or a list of choices. */
  isInOverlay: boolean
  /** It comes from what Enter and Space press. */
  isOnPressable: boolean
}

/** Whether a shortcut acts on what was pressed; `hasLetterKeys`: single keys are switched on. */
export function isMeant({ keys, inFields }: Shortcut, pressed: Pressed, hasLetterKeys: boolean) {
  const { key, isComposing, isInField, isInOverlay, isOnPressable } = pressed
  if (isComposing || isInOverlay) return false
  if (isInField) return inFields === true
  if (key === 'Enter' && isOnPressable && !inFields) return false
  return hasLetterKeys || inFields === true || !keys.some(isSingle)
}

/** True for a key that types something by itself (WCAG 2.1.4). */
function isSingle(key: string): boolean {
  return key.replace(/^Shift\+/, '').length === 1
}

/**
 * The same key by its place on the keyboard, for input methods that name no letter (`Process`);
 * `null` for a key that is not a letter or digit.
 */
export function codeOf(key: string): string | null {
  const letter = /^(Shift\+)?([A-Za-z])$/.exec(key)
  return letter ? `${letter[1] ?? ''}Key${letter[2]?.toUpperCase()}` : null
}
