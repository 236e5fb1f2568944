import { describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importCircles, importGraph } from '../../../tools/circles/import-circles.js'

describe('circles of imports', () => {
  it('are found once each, by a shortest way round', () => {
    const graph = new Map([
      ['a.ts', ['b.ts', 'd.ts']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['a.ts', 'b.ts']],
      ['d.ts', []],
      ['e.ts', ['e.ts', 'a.ts']],
    ])
    expect(importCircles(graph)).toEqual([['a.ts', 'b.ts', 'c.ts'], ['e.ts']])
  })

  it('count imports of types', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'circles-'))
    try {
      writeFileSync(path.join(dir, 'a.ts'), "import type { B } from './b.js'\nexport type A = B\n")
      writeFileSync(path.join(dir, 'b.ts'), "export { type A } from './a.js'\n")
      writeFileSync(path.join(dir, 'c.ts'), "import { a } from './a.js'\nimport 'node:fs'\n")
      const graph = importGraph(dir, ['a.ts', 'b.ts', 'c.ts'])
      expect(importCircles(graph)).toEqual([['a.ts', 'b.ts']])
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})
