import { describe, expect, it } from '@jest/globals'
import { ROLES } from '../../domain/vocabulary.js'
import { verdictKeys } from '../../portal/case/verdicts.js'
import {
  codeOf,
  isMeant,
  keyNames,
  type Pressed,
  SHORTCUTS,
} from '../../portal/keyboard/shortcuts.js'

const rows = Object.entries(SHORTCUTS)
const pressed: Pressed = {
  key: 'j',
  code: 'KeyJ',
  isComposing: false,
  isInField: false,
  isInOverlay: false,
  isOnPressable: false,
}

describe('the table of shortcuts', () => {
  it.each(ROLES)('binds no key twice, those of the verdicts of a %s included', (role) => {
    const keys = [...rows.flatMap(([, { keys }]) => keys), ...verdictKeys(role).values()]
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('lets people write', () => {
    const inField = { ...pressed, isInField: true }
    const acting = rows.filter(([, shortcut]) => isMeant(shortcut, inField, true))
    expect(acting.map(([id]) => id)).toEqual(['sendFromField'])
    const composing = { ...pressed, isComposing: true }
    expect(rows.filter(([, shortcut]) => isMeant(shortcut, composing, true))).toEqual([])
  })

  it('leaves dialogs, menus and lists of choices to themselves', () => {
    const inOverlay = { ...pressed, isInOverlay: true }
    expect(rows.filter(([, shortcut]) => isMeant(shortcut, inOverlay, true))).toEqual([])
  })

  it('does nothing by single keys when they are switched off', () => {
    const acting = rows.filter(([, shortcut]) => isMeant(shortcut, pressed, false))
    expect(acting.map(([id]) => id)).toEqual(['clear', 'send', 'sendFromField'])
  })

  it('presses a button by Enter before it sends an answer', () => {
    const enter = { ...pressed, key: 'Enter', code: 'Enter' }
    expect(isMeant(SHORTCUTS.send, enter, true)).toBe(true)
    expect(isMeant(SHORTCUTS.send, { ...enter, isOnPressable: true }, true)).toBe(false)
  })

  it('knows letters by their place, for input methods that name none', () => {
    expect(codeOf('j')).toBe('KeyJ')
    expect(codeOf('Shift+J')).toBe('Shift+KeyJ')
    expect(codeOf('Escape')).toBeNull()
  })

  it('writes keys for people', () => {
    expect(keyNames('Shift+J', false)).toEqual(['Shift', 'J'])
    expect(keyNames('$mod+Enter', true)).toEqual(['⌘', 'Enter'])
  })
})
