import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { usePreferences } from '../app/preferences.js'
import {
  codeOf,
  isMeant,
  type Pressed,
  type Shortcut,
  type ShortcutId,
  SHORTCUTS,
} from './shortcuts.js'

const FIELDS = 'input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable]'
/** The last is what a library gives to what pops up. */
const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu], [data-trigger]'

/** What shortcuts do now; those that are not named do nothing. */
export type Acts = Partial<Record<ShortcutId, () => void>>

/** A shortcut of no fixed name, such as that of a verdict. */
export interface OwnKey {
  key: string
  act: () => void
}

/** Binds shortcuts while the component is there. Acts may change with every drawing. */
export function useShortcuts(acts: Acts, own: readonly OwnKey[] = []): void {
  const { preferences } = usePreferences()
  const { hasLetterKeys } = preferences
  const latest = useRef({ acts, own })
  latest.current = { acts, own }
  const ids = Object.keys(acts).join()
  const keys = own.map(({ key }) => key).join(' ')
  useEffect(() => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {}
    const bind = (shortcut: Shortcut, act: () => (() => void) | undefined) => {
      const run = (event: KeyboardEvent) => {
        const does = act()
        if (!does || !isMeant(shortcut, pressedOf(event), hasLetterKeys)) return
        // Before anything else hears of it: a list would look for what begins with the letter.
        event.preventDefault()
        event.stopImmediatePropagation()
        does()
      }
      for (const key of shortcut.keys) {
        bindings[key] = run
        const code = codeOf(key)
        if (code !== null) {
          bindings[code] = (event) => {
            if (event.key === 'Process') run(event)
          }
        }
      }
    }
    for (const id of ids.split(',').filter((each) => each !== '') as ShortcutId[]) {
      bind(SHORTCUTS[id], () => latest.current.acts[id])
    }
    for (const key of keys.split(' ').filter((each) => each !== '')) {
      // Digits by their place: on some keyboards they are typed with Shift.
      const pressed = /^\d$/.test(key) ? `Digit${key}` : key
      bind(
        { keys: [pressed], where: 'inbox', word: 'keys.verdicts' },
        () => latest.current.own.find((each) => each.key === key)?.act,
      )
    }
    return tinykeys(window, bindings, { capture: true })
  }, [ids, keys, hasLetterKeys])
}

function pressedOf(event: KeyboardEvent): Pressed {
  const { key, code, isComposing, target } = event
  const isWithin = (selector: string) =>
    target instanceof Element && target.closest(selector) !== null
  return {
    key,
    code,
    isComposing,
    isInField: isWithin(FIELDS),
    isInOverlay: isWithin(OVERLAYS),
    isOnPressable: isWithin('button, a, summary'),
  }
}
