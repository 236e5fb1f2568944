import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Account } from '../../local/demo/account.js'
import { HP_FILE } from '../monitor/real-listings.js'
import { testDataDir } from '../setup/environment.js'
import { freePortBase, type LocalRun, runLocal } from './local-run.js'

interface Played {
  code: number | null
  output: string
  account: Account
}

let folder: string
let runs: LocalRun[]
let sample: Played
let unseen: Played

beforeAll(async () => {
  folder = await mkdtemp(path.join(testDataDir(), 'demo-'))
  runs = []
  const unseenFile = path.join(folder, 'unseen.ndjson')
  await writeFile(unseenFile, unseenListings().join('\n'))
  // Side by side: most of a demo is waiting for windows to pass.
  ;[sample, unseen] = await Promise.all([play(HP_FILE), play(unseenFile)])
}, 240_000)
afterAll(async () => {
  for (const run of runs) await run.interrupt()
  await rm(folder, { recursive: true, force: true })
})

async function play(listingsFile: string): Promise<Played> {
  const dataDir = path.join(folder, path.basename(listingsFile, '.ndjson'))
  const args = ['--json', '--listings', listingsFile]
  const run = runLocal('demo', { dataDir, portBase: await freePortBase(), args })
  runs.push(run)
  const code = await run.ended
  const output = run.output()
  const lastLine = output.trimEnd().split('\n').at(-1) ?? ''
  if (!lastLine.startsWith('{')) throw new Error(`the last line is no account:\n${output}`)
  return { code, output, account: JSON.parse(lastLine) as Account }
}

const BAD_LINES = ['{"marketplace": "bazaar", ', '["a list"]', '{"marketplace":"bazaar"}']

/** Brands and marketplaces that nothing in the repository knows, and every kind of bad line. */
function unseenListings(): string[] {
  const listings = Array.from({ length: 36 }, (_, index) => {
    const isPlain = index % 6 === 5
    return {
      marketplace: index % 2 === 0 ? 'bazaar' : 'tiendaria',
      listingId: `U-${index}/é`,
      title: `${isPlain ? 'Sealed' : 'Compatível:'} toner ${index} “new”`,
      price: index % 7 === 3 ? null : { amount: isPlain ? 50 : 9.99, currency: 'EUR' },
      suggestedRetailPrice: 50,
      seller: { id: `shop-${index % 11}`, reputation: null, transactions: index * 3 },
      attributes: { brand: ['Lumora', 'Kestrel & Söhne', '墨水'][index % 3] },
    }
  })
  const [first, second] = listings
  const lines = listings.map((listing) => JSON.stringify(listing))
  lines.splice(4, 0, BAD_LINES[0] ?? '', '', BAD_LINES[1] ?? '')
  return [
    ...lines,
    JSON.stringify(first),
    JSON.stringify({ ...second, price: { amount: 8.5, currency: 'EUR' } }),
    ...BAD_LINES.slice(2),
  ]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function expectSound({ code, account }: Played): void {
  const { listings, invalid, notSuspicious, duplicates, alreadyAnswered, cases } = account
  expect(account.unaccounted).toBe(0)
  expect(invalid + notSuspicious + duplicates + alreadyAnswered + cases).toBe(listings)
  expect(sum(Object.values(account.outcomes))).toBe(cases)
  expect(account.takedownsEffective).toBe(account.outcomes.takenDown)
  expect(code).toBe(0)
}

describe('npm run demo', () => {
  it('accounts for every sample listing and shows seven kinds of outcome or more', () => {
    expectSound(sample)
    const { outcomes, ...account } = sample.account
    expect(account).toMatchObject({ listings: 229, invalid: 0, notSuspicious: 182, cases: 47 })
    expect(Object.values(outcomes).filter((count) => count > 0).length).toBeGreaterThanOrEqual(7)
    expect(account.mails).toBeGreaterThan(0)
    expect(account.remindersSent).toBeGreaterThan(0)
    expect(account.escalations).toBeGreaterThan(0)
    expect(account.takedownsRequested).toBeGreaterThanOrEqual(account.takedownsEffective)
    expect(sample.output).toContain('the same file again: 0 new cases, 0 mails')
  })

  it('does the same for a file it has never seen, and names the lines it left out', () => {
    expectSound(unseen)
    const { account, output } = unseen
    expect(account).toMatchObject({ listings: 41, invalid: 3, notSuspicious: 6, cases: 30 })
    // One of them again as it was, and one at another price while its case was open.
    expect(account.duplicates + account.alreadyAnswered).toBe(2)
    const leftOut = [...output.matchAll(/monitor +line (\d+) is left out: (\S.*)/g)]
    expect(leftOut.map(([, line]) => line)).toEqual(['5', '7', '42'])
    expect(output).toContain('the same file again: 0 new cases, 0 mails')
  })

  it('needs no server to say what is wrong with a file', async () => {
    const options = { dataDir: path.join(folder, 'none'), portBase: await freePortBase() }
    const badFile = path.join(folder, 'bad.ndjson')
    await writeFile(badFile, BAD_LINES.join('\n'))
    const bad = runLocal('demo', { ...options, args: ['--json', '--listings', badFile] })
    expect(await bad.ended).toBe(0)
    const lines = bad.output().trimEnd().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ listings: 3, invalid: 3, cases: 0 })
    expect(lines).toHaveLength(4)

    const missing = runLocal('demo', { ...options, args: ['--listings', `${badFile}.not`] })
    expect(await missing.ended).toBe(1)
    expect(missing.output()).toContain('bad.ndjson.not: there is no such file. Give a file')
  })
})
