import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CannotOpen, createSecretBox } from '../../platform/secret-box.js'

const SETTING = 'WEBHOOK_SECRET_KEYS'
const old = { id: 'old', secret: Buffer.alloc(32, 1) }
const fresh = { id: 'new.1', secret: Buffer.alloc(32, 2) }

describe('a sealed secret', () => {
  it('opens for its owner, whatever it is, and is never the same twice', () => {
    const box = createSecretBox([fresh], SETTING)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, owner) => {
        const sealed = box.seal(secret, owner)
        expect(box.open(sealed, owner)).toBe(secret)
        expect(box.seal(secret, owner)).not.toBe(sealed)
      }),
    )
  })

  it('opens for nobody else, and not when it was altered', () => {
    const box = createSecretBox([fresh], SETTING)
    const sealed = box.seal('whsec_hunter2', 'we-1')
    const altered = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
    expect(() => box.open(sealed, 'we-2')).toThrow(CannotOpen)
    expect(() => box.open(altered, 'we-1')).toThrow('was altered')
    expect(() => box.open('', 'we-1')).toThrow(CannotOpen)
  })

  it('opens with a key that was replaced, while that is there', () => {
    const sealed = createSecretBox([old], SETTING).seal('hunter2', 'we-1')
    expect(createSecretBox([fresh, old], SETTING).open(sealed, 'we-1')).toBe('hunter2')
    const open = () => createSecretBox([fresh], SETTING).open(sealed, 'we-1')
    expect(open).toThrow('WEBHOOK_SECRET_KEYS does not have the key "old"')
  })

  it('is made with the newest key, and by none without keys', () => {
    expect(createSecretBox([fresh, old], SETTING).seal('hunter2', 'we-1')).toMatch(/^new\.1\./)
    expect(() => createSecretBox([], SETTING).seal('hunter2', 'we-1')).toThrow(`set ${SETTING}`)
  })
})
