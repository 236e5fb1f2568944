import { mkdtemp, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { shortcomings, type TourAccount } from '../../local/tour/tour-account.js'
import { testDataDir } from '../setup/environment.js'
import { freePortBase, type LocalRun, runLocal } from './local-run.js'

const CASES = 6

let folder: string
let run: LocalRun
let code: number | null
let account: TourAccount

beforeAll(async () => {
  folder = await mkdtemp(path.join(testDataDir(), 'tour-'))
  const args = ['--json', '--cases', String(CASES), '--images', path.join(folder, 'images')]
  run = runLocal('tour', {
    dataDir: path.join(folder, 'data'),
    portBase: await freePortBase(),
    args,
  })
  code = await run.ended
  const lastLine = run.output().trimEnd().split('\n').at(-1) ?? ''
  if (!lastLine.startsWith('{')) throw new Error(`the last line is no account:\n${run.output()}`)
  account = JSON.parse(lastLine) as TourAccount
}, 240_000)
afterAll(async () => {
  await run.interrupt()
  await rm(folder, { recursive: true, force: true })
})

describe('npm run tour', () => {
  it('answers cases by keys, sees the listings leave the shop, and finds nothing wrong', () => {
    expect(account).toMatchObject({
      cases: CASES,
      verdicts: {
        counterfeit: 2,
        unsure: 1,
        genuine: 1,
        markMisuse: 1,
        notOurs: 1,
      },
      // Two of them in other languages.
      removedInShop: 5,
      confirmed: 5,
      axeViolations: 0,
      cspViolations: 0,
    })
    // A digit and Enter each, and the statement once.
    expect(account.keystrokes).toBe(2 * CASES + 1)
    expect(code).toBe(0)
  })

  it('keeps the pictures it names', async () => {
    expect(await readdir(path.join(folder, 'images'))).toEqual(account.screenshots.toSorted())
    expect(account.screenshots).toContain('portal-inbox.png')
  })
})

describe('a tour that did not go well', () => {
  const good: TourAccount = {
    ...{ cases: 40, keystrokes: 120, seconds: 8, removedInShop: 20, confirmed: 20 },
    verdicts: { counterfeit: 20, genuine: 5, notOurs: 5, unsure: 5, notIpMatter: 5 },
    ...{ axeViolations: 0, cspViolations: 0, screenshots: [] },
  }
  it.each([
    ['nothing', {}, []],
    ['too many keys', { keystrokes: 121 }, ['40 cases took 121 keys, more than 120']],
    ['few verdicts', { verdicts: { genuine: 40 } }, ['1 different verdicts were given, not 5']],
    ['what stayed', { removedInShop: 19 }, ['19 of 20 listings left the shop']],
    ['axe', { axeViolations: 2 }, ['2 problems of access were found']],
    ['policy', { cspViolations: 1 }, ['the content policy was violated 1 times']],
  ])('is told: %s', (_, change, sentences) => {
    expect(shortcomings({ ...good, ...change })).toEqual(sentences)
  })
})
