import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { CaseSummary } from '../../contract/case.js'
import { EXIT, EXIT_MEANINGS } from '../../cli/exit.js'
import { painter } from '../../cli/io.js'
import { distance, localMoment, parseMoment, workingDays } from '../../cli/moments.js'
import { run } from '../../cli/run.js'
import { stuckKind } from '../../cli/stuck-case.js'
import { type Column, details, table } from '../../platform/terminal-table.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { columnsOf, printableJson } from '../../platform/terminal-text.js'

const NOW = Date.UTC(2026, 10, 24, 3)
const at = (offsetMs: number) => new Date(NOW + offsetMs).toISOString()
const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('table', () => {
  const columns: Column<readonly [id: string, title: string, due: string]>[] = [
    { head: 'id', cell: ([id]) => id },
    { head: 'title', min: 8, cell: ([, title]) => title },
    { head: 'due', cell: ([, , due]) => due },
  ]
  const title = '惠普664墨盒 原装正品 黑色 大容量 全国包邮 七天无理由退换'

  it('fits the terminal, wide characters counted as two columns', () => {
    const lines = table(columns, [['530912345678', title, 'in 3 h']], 40).split('\n')
    expect(lines.map(columnsOf)).toEqual([expect.any(Number), 40])
    expect(lines[1]).toMatch(/^530912345678 {2}惠普.*… +in 3 h$/)
  })

  it('cuts nothing in a pipe, and no column below its least width', () => {
    expect(table(columns, [['1', title, '']])).toContain(title)
    const [, line = ''] = table(columns, [['530912345678', title, 'in 3 h']], 10).split('\n')
    expect(line).toContain('530912345678')
    expect(line).toContain('in 3 h')
  })

  it('lets no control character through', () => {
    expect(table(columns, [['1', 'a\u001b[31m\nb', '']])).not.toMatch(/\u001b|a.*\n.*b/)
  })
})

describe('details', () => {
  it('wraps long values in their own column', () => {
    expect(
      details(
        [
          ['Why', 'one two three four'],
          ['Unblock', 'x'],
        ],
        18,
      ),
    ).toBe(['Why      one two', '         three', '         four', 'Unblock  x'].join('\n'))
  })
})

describe('moments', () => {
  it.each([
    [30_000, 'in 30 s'],
    [-20 * MINUTE, '20 min ago'],
    [3 * HOUR, 'in 3 h'],
    [-72 * HOUR, '3 days ago'],
  ])('%i ms is %s', (ms, words) => {
    expect(distance(ms)).toBe(words)
  })

  it('of work are named by day, zone and holidays', () => {
    const timeZone = 'Asia/Shanghai'
    const week = { timeZone, weekdays: [1, 2, 7], holidays: [] }
    expect(workingDays(week)).toBe('Mon Tue Sun, Asia/Shanghai')
    expect(workingDays({ ...week, holidays: ['2026-10-01'] })).toMatch(/, holidays: 1$/)
  })

  it('are read as people write them', () => {
    expect(parseMoment('+36h', NOW)).toBe(at(36 * HOUR))
    expect(parseMoment('-7d', NOW)).toBe(at(-7 * 24 * HOUR))
    expect(parseMoment('2026-11-30T18:00Z', NOW)).toBe('2026-11-30T18:00:00.000Z')
    const local = parseMoment('2026-11-30T18:00', NOW)
    expect(localMoment(local, NOW)).toBe('30 Nov 18:00')
    expect(localMoment('2025-01-02T12:00:00Z', NOW)).toContain('2 Jan 2025')
    for (const wrong of ['tomorrow', '30.11.2026', '+3', '2026-13-01']) {
      expect(() => parseMoment(wrong, NOW)).toThrow(wrong)
    }
  })
})

describe('what is stuck', () => {
  const one = (changes: Partial<CaseSummary>) =>
    ({ phase: 'awaitingBrand', dueAt: at(HOUR), updatedAt: at(0), ...changes }) as CaseSummary

  it.each<[string, Partial<CaseSummary>, ReturnType<typeof stuckKind>]>([
    ['waits for its answer', {}, null],
    ['needs attention', { phase: 'needsAttention' }, 'needsAttention'],
    ['is past its deadline', { dueAt: at(-5 * MINUTE) }, 'overdue'],
    ['is at its deadline', { dueAt: at(-10_000) }, null],
    ['has just asked for the removal', { phase: 'takingDown', dueAt: null }, null],
    ['has asked long ago', { phase: 'takingDown', updatedAt: at(-HOUR) }, 'late'],
    ['has just asked to put it back', { phase: 'restoring', dueAt: null }, null],
    ['has asked long ago to', { phase: 'restoring', dueAt: null, updatedAt: at(-HOUR) }, 'late'],
    ['was never opened', { phase: 'opening', dueAt: null, updatedAt: at(-HOUR) }, 'late'],
    ['is closed', { phase: 'closed', dueAt: at(-HOUR) }, null],
  ])('a case that %s', (_what, changes, kind) => {
    expect(stuckKind(one(changes), NOW)).toBe(kind)
  })

  it('takes in what is due soon, if asked', () => {
    expect(stuckKind(one({}), NOW, 2 * HOUR)).toBe('dueSoon')
    expect(stuckKind(one({}), NOW, HOUR / 2)).toBeNull()
  })
})

describe('colours', () => {
  it.each([
    ['a terminal', 80, {}, '\u001b[31mx\u001b[39m'],
    ['a pipe', undefined, {}, 'x'],
    ['a terminal without colours', 80, { NO_COLOR: '1' }, 'x'],
  ])('on %s', (_where, columns, env, text) => {
    expect(painter({ env }, { write: () => undefined, columns })('red', 'x')).toBe(text)
  })
})

async function say(...args: string[]) {
  const out: string[] = []
  const output = { write: (text: string) => out.push(text) }
  const code = await run(args, { stdin: process.stdin, stdout: output, stderr: output, env: {} })
  return { code, text: out.join('') }
}

describe('--version', () => {
  it('is that of the package', async () => {
    const { version } = JSON.parse(
      await readFile(path.join(REPOSITORY_DIR, 'package.json'), 'utf8'),
    ) as { version: string }
    expect(await say('--version')).toEqual({ code: 0, text: `${version}\n` })
  })
})

describe('--help', () => {
  const help = (...args: string[]) => say(...args, '--help')

  it('tells every exit code, in the words of docs/cli.md', async () => {
    const { text } = await help()
    const docs = await readFile(path.join(REPOSITORY_DIR, 'docs/cli.md'), 'utf8')
    const meanings = docs.replaceAll('`', '')
    for (const name of Object.keys(EXIT) as (keyof typeof EXIT)[]) {
      expect(meanings).toMatch(new RegExp(`^\\| ${EXIT[name]} +\\| ${EXIT_MEANINGS[name]}`, 'm'))
    }
    for (const code of Object.values(EXIT))
      expect(text).toMatch(new RegExp(`^ +${code} {2}\\w`, 'm'))
  })

  it('has an example for every command', async () => {
    const commandsOf = (text: string) =>
      [...text.matchAll(/^ {2}([a-z-]+) (?:\[|<| {2})/gm)].map(([, name = '']) => name)
    const visit = async (path: string[]): Promise<string[]> => {
      const { text } = await help(...path)
      const [, list = ''] = text.split(/^Commands:$/m)
      const names = commandsOf(list.split(/^\S/m)[0] ?? '').filter((name) => name !== 'help')
      if (names.length === 0) {
        const [, shown = ''] = text.split('\nExamples:\n')
        return [shown.includes(`joint-force ${path.join(' ')}`) ? 'shown' : path.join(' ')]
      }
      const below = []
      for (const name of names) below.push(...(await visit([...path, name])))
      return below
    }
    const commands = await visit([])
    expect(commands.filter((one) => one !== 'shown')).toEqual([])
    expect(commands.length).toBeGreaterThan(30)
  })
})

describe('JSON', () => {
  it('reaches a terminal without anything it could obey, and is read back as it was', () => {
    const value = { title: 'a\u001b[2J\u009b31m\u202e\u200b\u2028\u{e0001}\u007f', n: 1 }
    const text = printableJson(value)
    expect(JSON.parse(text)).toEqual(value)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })
})
