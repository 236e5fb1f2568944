import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { PATCHES } from '../../../domain/release/patches.js'
import { KNOWLEDGE, type Knowledge, unknownOf, usedOf } from '../../../domain/release/release.js'

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
const knowledge: fc.Arbitrary<Knowledge> = fc.record({
  rulesVersion: fc.integer({ min: 1, max: 6 }),
  patches: names,
  eventTypes: names,
})

describe('what a release must know', () => {
  it('is unknown exactly where something is newer or not in its lists', () => {
    fc.assert(
      fc.property(knowledge, knowledge, (needed, known) => {
        const isSubset = (of: 'patches' | 'eventTypes') =>
          needed[of].every((name) => known[of].includes(name))
        const isKnown =
          needed.rulesVersion <= known.rulesVersion && isSubset('patches') && isSubset('eventTypes')
        expect(unknownOf(needed, known) === null).toBe(isKnown)
      }),
    )
  })

  it('is named: the rules, and each patch and event', () => {
    const needed = { rulesVersion: 4, patches: ['a', 'b'], eventTypes: ['c'] }
    expect(unknownOf(needed, { rulesVersion: 3, patches: ['b'], eventTypes: [] })).toBe(
      'rules version 4; patches a; events c',
    )
  })

  it('lets a release that leaves everything new off be followed by the one before', () => {
    fc.assert(
      fc.property(knowledge, names, names, (before, more, moreOff) => {
        const later = {
          ...before,
          rulesVersion: before.rulesVersion + 1,
          patches: [...new Set([...before.patches, ...more])],
        }
        const leftOff = {
          patchesOff: [...later.patches.filter((one) => !before.patches.includes(one)), ...moreOff],
          newCaseRules: before.rulesVersion,
        }
        const used = usedOf(later, leftOff)
        expect(unknownOf(used, before)).toBeNull()
        expect(
          unknownOf(usedOf(later, { ...leftOff, newCaseRules: later.rulesVersion }), before),
        ).toBe(`rules version ${later.rulesVersion}`)
      }),
    )
  })

  it('is known to this release as far as it uses it', () => {
    const used = usedOf(KNOWLEDGE, { patchesOff: [], newCaseRules: KNOWLEDGE.rulesVersion })
    expect(used).toEqual(KNOWLEDGE)
    expect(unknownOf(used, KNOWLEDGE)).toBeNull()
  })
})

describe('the list of patches', () => {
  it('names every patch of the workflows, and no other', async () => {
    const folder = path.join(import.meta.dirname, '../../../workflows')
    const files = (await readdir(folder, { recursive: true })).filter((name) =>
      name.endsWith('.ts'),
    )
    const sources = await Promise.all(
      files.map((file) => readFile(path.join(folder, file), 'utf8')),
    )
    const uses = sources.join('\n').match(/\bpatched\([^)]*\)/g) ?? []
    const used = uses.map((use) => /^patched\('(\w+)'\)$/.exec(use)?.[1] ?? use)
    expect([...new Set(used)].sort()).toEqual([...PATCHES].sort())
  })
})
