import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildNewCase } from '../api/new-case.js'
import { testDataDir } from '../setup/environment.js'
import { reportAskedCase, untilRecorded, shownHashOf } from '../setup/reporting.js'
import { startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
})
afterAll(() => cli.stop())

/** A case the brand has been asked about. */
const askedCase = () => reportAskedCase(cli.service)

async function fileWith(content: string): Promise<string> {
  const file = path.join(testDataDir(), `cli-${randomSuffix()}`)
  await writeFile(file, content)
  return file
}

describe('case list', () => {
  it('fits its table to the terminal and cuts nothing in a pipe', async () => {
    const { listingId } = await askedCase()
    const title = 'Classic shoulder bag, original factory quality'
    const onTerminal = await cli.as('operator', ['case', 'list', '--open'], { columns: 80 })
    expect(onTerminal.code).toBe(EXIT.ok)
    expect(onTerminal.out).toContain(listingId)
    const widths = onTerminal.out.split('\n').map((line) => line.length)
    expect(Math.max(...widths)).toBeLessThanOrEqual(80)
    expect(onTerminal.out).not.toContain(title)

    const inPipe = await cli.as('operator', ['case', 'list', '--open'])
    expect(inPipe.out).toContain(title)
  })

  it('gives JSON, and what is no result on the other output', async () => {
    const { caseId } = await askedCase()
    const { out, err } = await cli.as('operator', ['case', 'list', '--limit', '1', '--json'])
    expect(JSON.parse(out)).toMatchObject([{ caseId, phase: 'awaitingBrand' }])
    expect(err).toContain('--limit')
  })

  it('shows nobody the cases of others', async () => {
    const { secret } = await cli.api.makeKey({ role: 'brandMember', brandIds: ['other'] })
    const env = { JOINT_FORCE_API_KEY: secret }
    const { out, err, code } = await cli.as('operator', ['case', 'list'], { env })
    expect({ out, err, code }).toEqual({ out: '', err: 'No cases.\n', code: EXIT.ok })
  })
})

describe('case show', () => {
  it('takes the listing’s id, and shows the case with its record', async () => {
    const { caseId, listingId } = await askedCase()
    const { code, out } = await cli.as('lead', ['case', 'show', listingId], { columns: 80 })
    expect(code).toBe(EXIT.ok)
    expect(out).toContain(caseId)
    expect(out).toContain('awaitingBrand; it is the turn of the brand until')
    expect(out).toMatch(/2 {2}\d+ \w+ \d\d:\d\d {2}asked/)
    const { out: json } = await cli.as('lead', ['case', 'show', caseId, '--json'])
    expect(JSON.parse(json)).toMatchObject({ caseId, events: [{ seq: 1 }, { type: 'asked' }] })
  })

  it('looks for a listing’s id on one marketplace, if told which', async () => {
    const { caseId, listingId } = await askedCase()
    const on = (marketplace: string) => ['case', 'show', listingId, '--marketplace', marketplace]
    expect((await cli.as('lead', on('taobao'))).out).toContain(caseId)
    expect(await cli.as('lead', on('tmall'))).toMatchObject({
      code: EXIT.notFound,
      err: expect.stringContaining('on tmall'),
    })
  })

  it('names who acted beside the id of their key', async () => {
    const { caseId } = await askedCase()
    const { keyId, secret } = await cli.api.makeKey({ name: 'Rui Tavares', role: 'lead' })
    const body = { text: 'the seller is known to us' }
    await cli.api.call('POST', `/v1/cases/${caseId}/notes`, { key: secret, body })
    await untilRecorded(cli.service, caseId, ({ notes }) => notes > 0)

    const { out } = await cli.as('lead', ['case', 'show', caseId])
    expect(out).toContain(`lead Rui Tavares, ${keyId} (api)`)
  })

  it('does not know what is not there', async () => {
    expect(await cli.as('lead', ['case', 'show', 'nothing'])).toMatchObject({
      code: EXIT.notFound,
      out: '',
    })
  })
})

describe('case start', () => {
  it('reports a listing, once', async () => {
    const file = await fileWith(JSON.stringify(buildNewCase()))
    const first = await cli.as('monitor', ['case', 'start', '--file', file])
    expect(first).toMatchObject({ code: EXIT.ok, err: '' })
    expect(first.out).toMatch(/^case~taobao~\S+ {2}opened\n$/)
    const again = await cli.as('monitor', ['case', 'start', '--file', file, '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ result: 'duplicate' })
  })

  it('names the field that does not fit', async () => {
    const file = await fileWith(JSON.stringify({ ...buildNewCase(), score: -1 }))
    const { code, err } = await cli.as('monitor', ['case', 'start', '--file', file])
    expect(code).toBe(EXIT.refused)
    expect(err).toContain('/score')
  })
})

describe('a case that waits for a later one of its listing', () => {
  it('is shown so, and closed by its own id', async () => {
    const first = await askedCase()
    const { caseId, listingId } = first
    await first.handle.terminate('by mistake')
    const later = await reportAskedCase(cli.service, { listingId })

    const shown = await cli.as('lead', ['case', 'show', caseId])
    expect(shown.out).toMatch(/Possible +closeManually/)
    expect(shown.out).toContain(`Superseded by  ${later.caseId}`)
    const close = ['case', 'close', caseId, '--reason', 'the later one counts', '--yes']
    expect(await cli.as('lead', close)).toMatchObject({ code: EXIT.ok })
    const closed = await cli.as('lead', ['case', 'show', caseId])
    expect(closed.out).toMatch(/closedManually, .*: the later one counts/)
    expect((await cli.as('lead', ['case', 'show', listingId])).out).toContain(later.caseId)
  })
})

describe('a listing whose id was made up to harm', () => {
  it('reaches no terminal, and no command to copy', async () => {
    const start = (listingId: string) => {
      const title = 'Bag \u001b]0;x\u0007\n--yes'
      const listing = { listingId, title, url: 'https://item.example.com/1' }
      return cli.as('monitor', ['case', 'start', '--file', '-'], {
        stdin: JSON.stringify(buildNewCase({ listing })),
      })
    }
    const unseen = await start('1; reboot \u001b]0;x\u0007\n--yes')
    expect(unseen.code).toBe(EXIT.refused)
    expect(unseen.err).not.toMatch(/\u001b\]|\u0007|^--yes/m)
    const { out, err } = await start('1; reboot --yes')
    expect(err).toBe('')
    const caseId = out.split(' ')[0] ?? ''
    await untilRecorded(cli.service, caseId, ({ phase }) => phase === 'awaitingBrand')
    const all = ['stuck', 'list', '--due-within', '9d']
    const stuck = await cli.as('lead', all, { columns: 200 })
    expect(stuck.out).toContain(`joint-force case extend ${caseId} --until`)
    expect(stuck.out).not.toMatch(/\u001b\]|\u0007|^--yes/m)
  })
})

describe('what else can be done to a case', () => {
  it('moves a deadline and stops a removal', async () => {
    const [one, other] = [await askedCase(), await askedCase()]
    const extended = await cli.as('lead', [
      'case',
      'extend',
      one.caseId,
      '--until',
      '+9d',
      '--json',
    ])
    const { dueAt } = JSON.parse(extended.out) as { dueAt: string }
    expect(Date.parse(dueAt) - Date.now()).toBeGreaterThan(8.9 * 86_400_000)

    const stdin = JSON.stringify({
      verdict: 'counterfeit',
      attestation: { accepted: true },
      decisions: [one, other].map((each) => ({
        caseId: each.caseId,
        shownHash: shownHashOf(each),
      })),
    })
    const decided = await cli.as('brandMember', ['case', 'decide', '--file', '-'], { stdin })
    expect(decided.out).toMatch(/coolingOff/)
    const args = ['case', 'undecide', one.caseId, '--reason', 'the wrong one']
    expect((await cli.as('brandMember', args)).out).toContain('awaitingBrand')
    const nothing = await cli.as('brandMember', args)
    expect(nothing).toMatchObject({ code: EXIT.refused, out: '' })
  })

  it('takes a closed case up again, and shows why on both', async () => {
    const { caseId } = await askedCase()
    const reopen = ['case', 'reopen', caseId, '--reason', 'our own shop', '--yes']
    expect((await cli.as('lead', reopen)).code).toBe(EXIT.refused)
    await cli.as('brandMember', ['case', 'decide', caseId, '--verdict', 'genuine'])
    await untilRecorded(cli.service, caseId, ({ phase }) => phase === 'closed')
    const { code, out } = await cli.as('brandAdmin', reopen)
    expect(code).toBe(EXIT.ok)
    const next = /case~\S+/.exec(out)?.[0] ?? ''
    await untilRecorded(cli.service, next, ({ phase }) => phase === 'awaitingBrand')
    const shown = await cli.as('brandMember', ['case', 'show', next])
    expect(shown.out).toContain(caseId)
    expect(shown.out).toContain('released: genuine by brandMember')
    expect(shown.out).toContain('our own shop')
    expect((await cli.as('brandMember', ['case', 'show', caseId])).out).toContain(next)
  })

  it('asks before it closes, and closes nothing when nobody can answer', async () => {
    const { caseId } = await askedCase()
    const close = ['case', 'close', caseId, '--reason', 'brand left']
    const unasked = await cli.as('operator', close)
    expect(unasked.code).toBe(EXIT.usage)
    expect(unasked.err).toContain('--yes')
    expect((await cli.as('operator', [...close, '--yes'])).out).toContain('closedManually')
    expect((await cli.as('operator', [...close, '--yes'])).code).toBe(EXIT.tooLate)
  })
})
