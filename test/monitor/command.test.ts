import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { command, EXIT } from '../../monitor/command.js'
import { type IntakeServer, startIntakeServer } from './intake-server.js'
import { HP_FILE, VOLTBROOK_FILE } from './real-listings.js'
import { programArguments } from '../setup/compiled.js'

let server: IntakeServer
let folder: string
beforeEach(async () => {
  server = await startIntakeServer()
  folder = await mkdtemp(join(tmpdir(), 'monitor-'))
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** Runs the command in this process; `columns` makes its outputs a terminal. */
async function monitor(args: string[], columns?: number) {
  const out: string[] = []
  const err: string[] = []
  const code = await command(
    args,
    {
      stdout: { write: (text) => out.push(text), columns },
      stderr: { write: (text) => err.push(text), columns },
    },
    new AbortController().signal,
  )
  return { code, out: out.join(''), err: err.join('') }
}

const reporting = () => ['--listings', HP_FILE, '--api', server.url, '--key', server.key]

describe('the command line', () => {
  it('reports, and ends with the counts as JSON', async () => {
    const { code, out } = await monitor([...reporting(), '--json', '--batch', '10'])
    expect(code).toBe(EXIT.done)
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toEqual({
      listings: 229,
      invalid: 0,
      notSuspicious: 182,
      cases: 47,
      duplicates: 0,
      alreadyAnswered: 0,
      rejected: 0,
    })
    expect(server.requests).toEqual([10, 10, 10, 10, 7])
  })

  it('shows its progress as lines, or as one line on a terminal', async () => {
    const lines = await monitor([...reporting(), '--batch', '20'])
    expect(lines.err.split('\n').map((line) => /(\d+) cases opened/.exec(line)?.[1])).toEqual([
      '20',
      '40',
      '47',
      undefined,
    ])
    const moving = await monitor([...reporting(), '--batch', '20'], 80)
    expect(moving.err.match(/\d+ duplicates/g)).toEqual([
      '20 duplicates',
      '40 duplicates',
      '47 duplicates',
    ])
    expect(moving.err.match(/\r/g)).toHaveLength(4)
    expect(moving.err).not.toContain('\n')
  })

  it('draws no table of nothing', async () => {
    const file = join(folder, 'listings.ndjson')
    await writeFile(file, '')
    const { out } = await monitor(['--listings', file, '--dry-run'])
    expect(out).toMatch(/^0 listings, .*\n$/)
  })

  it.each([60, 100, 200])('fits the table of a dry run into %s columns', async (columns) => {
    const { code, out } = await monitor(['--listings', HP_FILE, '--dry-run'], columns)
    const table = out.split('\n').slice(0, 48)
    expect(code).toBe(EXIT.done)
    expect(
      table.filter((line) => /^ML[0-9a-f]{12}  S[0-9a-f]{12}  S[1-4] /.test(line)),
    ).toHaveLength(47)
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(columns)
    expect(server.requests).toEqual([])
  })

  it('keeps control characters of a seller away from the terminal', async () => {
    const file = join(folder, 'listings.ndjson')
    const title = 'Charger \u001b[2J\u202e 红色 充电器'
    const seller = { id: 'S\u0007' }
    const listing = { marketplace: 'm', listingId: 'l', title, seller, attributes: { brand: 'V' } }
    await writeFile(file, `${JSON.stringify(listing)}\n`)
    const { out } = await monitor(
      ['--listings', file, '--rules', 'phone-chargers', '--dry-run'],
      100,
    )
    expect(out).toContain('红色 充电器')
    expect([...out].filter((c) => c < ' ' && c !== '\n')).toEqual([])
    expect(out).not.toContain('\u202e')
  })

  it('takes the key and the address from the environment, and the rules by name', async () => {
    process.env['JOINT_FORCE_API_URL'] = server.url
    process.env['JOINT_FORCE_API_KEY'] = server.key
    try {
      const shop = `${server.url}/shop/{marketplace}/{listingId}`
      const args = ['--listings', VOLTBROOK_FILE, '--rules', 'phone-chargers', '--shop-url', shop]
      expect(await monitor(args)).toMatchObject({ code: EXIT.done })
    } finally {
      delete process.env['JOINT_FORCE_API_URL']
      delete process.env['JOINT_FORCE_API_KEY']
    }
    const urls = [...server.opened.values()].map(({ listing }) => listing.url)
    expect(urls).toContain(`${server.url}/shop/lantern-market/lm-70048`)
    expect(urls).toHaveLength(8)
  })

  it.each([
    [['--dry-run'], /--listings/],
    [['--listings', 'nowhere.ndjson', '--dry-run'], /cannot read .* nowhere.ndjson/],
    [['--listings', 'samples', '--dry-run'], /samples is a folder/],
    [['--listings', HP_FILE], /--api and --key/],
    [['--listings', HP_FILE, '--dry-run', '--rules', 'none'], /ink-cartridges, phone-chargers/],
    [['--listings', HP_FILE, '--dry-run', '--batch', '1001'], /1 to 1000/],
    [
      ['--listings', HP_FILE, '--api', 'localhost:8700', '--key', 'k'],
      /http:\/\/127\.0\.0\.1:8700/,
    ],
    [['--listings', HP_FILE, '--api', 'http://127.0.0.1:1', '--key', 'k\n'], /line end/],
  ])('refuses %j and says what it needs', async (args, message) => {
    const { code, err } = await monitor(args)
    expect(err).toMatch(message)
    expect(code).toBe(EXIT.usage)
  })

  it('explains itself', async () => {
    const { code, out } = await monitor(['--help'])
    expect(code).toBe(EXIT.done)
    expect(out).toMatch(/--dry-run[\s\S]*Examples:[\s\S]*Exit codes:/)
  })

  it('says by its exit code that lines were invalid, and names them', async () => {
    const file = join(folder, 'listings.ndjson')
    await writeFile(file, '{"marketplace":1}\n')
    const { code, err } = await monitor(['--listings', file, '--dry-run'])
    expect(code).toBe(EXIT.doneWithProblems)
    expect(err).toMatch(/^line 1: /)
  })

  it('says that it waits, why, and for how long', async () => {
    server.faults = [{ kind: 'answer', status: 503, headers: { 'retry-after': '1' } }]
    const { code, err } = await monitor(reporting())
    expect(code).toBe(EXIT.done)
    expect(err.split('\n')[0]).toMatch(/HTTP 503.*; trying again in 1 s$/)
  })

  it('says by its exit code that it stopped, and still counts', async () => {
    server.faults = [null, { kind: 'answer', status: 403, body: {} }]
    const { code, out, err } = await monitor([...reporting(), '--json', '--batch', '10'])
    expect(code).toBe(EXIT.stopped)
    expect(err).toContain('needs the role "monitor"')
    expect(JSON.parse(out)).toMatchObject({ cases: 10 })
  })
})

describe('the process', () => {
  function start(args: string[]) {
    const child = spawn(process.execPath, programArguments('monitor/main.ts', ...args), {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>
    return { child, ended }
  }

  it('goes on after it was killed, and opens every case once', async () => {
    const asked = signalled()
    server.faults = [null, null, { kind: 'hang', asked: asked.resolve }]
    const args = [...reporting(), '--batch', '10', '--state', join(folder, 'state.ndjson')]
    const first = start(args)
    await asked.promise
    first.child.kill('SIGKILL')
    await first.ended
    expect(server.opened.size).toBe(20)

    server.requests = []
    const [code] = await start(args).ended
    expect(code).toBe(EXIT.done)
    expect(server.requests).toEqual([10, 10, 7])
    expect(server.opened.size).toBe(47)
  })

  it('ends by itself when it is interrupted', async () => {
    const asked = signalled()
    server.faults = [{ kind: 'hang', asked: asked.resolve }]
    const { child, ended } = start(reporting())
    await asked.promise
    child.kill('SIGINT')
    expect(await ended).toEqual([EXIT.interrupted, null])
  })
})

/** A promise and what resolves it. */
function signalled(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => undefined as void
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
