import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { generateApiKey } from '../../platform/api-key.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildNewCase } from '../api/new-case.js'
import { forgeEvent } from '../builders/database.js'
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

describe('case template', () => {
  it.each([
    ['unsure', ''],
    ['counterfeit', 'TRUE'],
  ])('is filled in with %s and sent back', async (verdict, attestation) => {
    const { caseId, listingId } = await askedCase()
    const { out } = await cli.as('brandMember', ['case', 'template'])
    const [head = '', ...lines] = out.replace('\ufeff', '').trim().split('\r\n')
    expect(head).toMatch(/^caseId,marketplace,listingId,title,.*,verdict,/)
    const own = lines.find((line) => line.startsWith(`${caseId},taobao,${listingId},`)) ?? ''
    const columns = head.split(',')
    const empty = columns.slice(columns.indexOf('verdict'))
    const answers: Record<string, string> = { verdict, attestation }
    const filled = empty.map((column) => answers[column] ?? '').join(',')
    const row = own.slice(0, own.length - empty.length + 1) + filled
    const file = await fileWith(`\ufeff${head}\r\n${row}\r\n`)

    const sent = await cli.as('brandMember', ['case', 'decide', '--file', file])
    expect(sent).toMatchObject({ code: EXIT.ok, err: expect.stringContaining('1 applied') })
    expect(sent.err).toContain('Ignored columns: title')
  })

  it('has its sister in the export of every case that fits', async () => {
    const { caseId } = await askedCase()
    const { out, err } = await cli.as('operator', ['case', 'export', '--open'])
    expect(out).toMatch(/^\ufeffcaseId,brandId,marketplace,/)
    expect(out).toContain(`\r\n${caseId},northwind,taobao,`)
    expect(err).toMatch(/^\d+ cases$/m)
  })
})

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

describe('case decide', () => {
  const confirm = (id: string) => ['case', 'decide', id, '--verdict', 'counterfeit', '--attest']

  it('has the listing removed; whoever comes later is told who decided', async () => {
    const one = await askedCase()
    expect(await cli.as('brandMember', confirm(one.listingId))).toMatchObject({
      code: EXIT.ok,
      out: expect.stringContaining('takingDown'),
    })
    expect((await one.handle.result()).outcome).toBe('takenDown')
    await untilRecorded(cli.service, one.caseId, ({ phase }) => phase === 'closed')
    const late = await cli.as('brandMember', ['case', 'decide', one.caseId, '--verdict', 'genuine'])
    expect(late.code).toBe(EXIT.tooLate)
    expect(late.err).toContain('takenDown')
  })

  it('refuses a confirmation without the good-faith statement', async () => {
    const { caseId } = await askedCase()
    const args = ['case', 'decide', caseId, '--verdict', 'counterfeit']
    expect(await cli.as('brandMember', args)).toMatchObject({ code: EXIT.refused, out: '' })
  })

  it('refuses roles that may not decide', async () => {
    const { caseId } = await askedCase()
    const { code, err } = await cli.as('operator', confirm(caseId))
    expect(code).toBe(EXIT.refused)
    expect(err).toContain('missing-scope')
  })

  it('keeps a decision while no worker runs, and says so', async () => {
    const one = await askedCase()
    await cli.service.stopWorkers()
    try {
      const { code, out } = await cli.as('brandMember', [...confirm(one.caseId), '--json'])
      expect(code).toBe(EXIT.ok)
      expect(JSON.parse(out)).toMatchObject({ caseId: one.caseId, applied: false })
    } finally {
      await cli.service.startWorkers()
    }
    expect((await one.handle.result()).outcome).toBe('takenDown')
  })

  it('answers a file of them, and names each that was refused', async () => {
    const [first, second] = [await askedCase(), await askedCase()]
    const csv = [
      'caseId,verdict',
      `${first.caseId},notOurs`,
      `${second.caseId},nonsense`,
      'case~x,genuine',
      '',
    ].join('\n')
    const args = ['case', 'decide', '--file', await fileWith(csv)]
    const { code, out, err } = await cli.as('brandMember', args, { columns: 80 })
    expect(code).toBe(EXIT.partly)
    expect(out).toMatch(new RegExp(`^2 +released +${first.caseId}$`, 'm'))
    expect(out).toMatch(/^3 +invalid-request/m)
    expect(out).toMatch(/^line 3 +\/verdict must be one of/m)
    expect(out).toMatch(/^line 4 +There is no such case/m)
    expect(err).toContain('1 applied, 0 kept for later, 2 refused')

    const stdin = JSON.stringify([{ caseId: second.caseId, verdict: 'notOurs' }])
    const json = await cli.as('brandMember', ['case', 'decide', '--file', '-', '--json'], { stdin })
    expect(json.code).toBe(EXIT.ok)
    expect(JSON.parse(json.out)).toMatchObject({ counts: { applied: 1, refused: 0 } })
  })

  it.each([
    ['a verdict there is not', ['x', '--verdict', 'maybe']],
    ['no verdict', ['x']],
    ['a case and a file', ['x', '--file', 'decisions.csv']],
    ['a verdict and a file', ['--verdict', 'genuine', '--file', 'decisions.csv']],
    ['a file that is not there', ['--file', 'no-such-file']],
  ])('takes %s for a slip', async (_what, args) => {
    const ended = await cli.as('brandMember', ['case', 'decide', ...args])
    expect(ended).toMatchObject({ code: EXIT.usage, out: '' })
    expect(ended.err).toMatch(/^error: /)
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

describe('stuck list', () => {
  it('says why a case does not move, and what moves it', async () => {
    const one = await askedCase()
    const { sandbox } = cli.service
    const refusal = { code: 'courtOrder', detail: 'A court has ordered it to stay.' }
    await sandbox.setFaults([{ kind: 'refuse', listingId: one.listingId, ...refusal }])
    const confirm = ['case', 'decide', one.caseId, '--verdict', 'counterfeit', '--attest']
    await cli.as('brandMember', confirm)
    await untilRecorded(cli.service, one.caseId, ({ phase }) => phase === 'needsAttention')
    await sandbox.setFaults([])

    const { code, out } = await cli.as('lead', ['stuck', 'list'], { columns: 80 })
    expect(code).toBe(EXIT.ok)
    expect(out).toContain(`S2  ${one.listingId}  northwind  needsAttention since`)
    expect(out).toContain('The marketplace refused the removal')
    expect(out).toContain(`joint-force case retry ${one.listingId}`)

    const shown = await cli.as('lead', ['case', 'show', one.listingId], { columns: 80 })
    expect(shown.out.replaceAll(/\u001b\[\d+m/g, '')).toMatch(/^Stuck +The marketplace refused/m)

    await cli.as('lead', ['case', 'retry', one.listingId])
    expect((await one.handle.result()).outcome).toBe('takenDown')
    await untilRecorded(cli.service, one.caseId, ({ phase }) => phase === 'closed')
    const none = await cli.as('lead', ['stuck', 'list', '--json'])
    expect(JSON.parse(none.out)).toEqual([])
  })

  it('has the cases that only Temporal knows, with or without a record', async () => {
    const { service } = cli
    const start = async (listingId: string) => {
      const body = buildNewCase({ listing: { listingId, pictures: [] } })
      const stdin = JSON.stringify(body)
      const { out } = await cli.as('monitor', ['case', 'start', '--file', '-'], { stdin })
      return { listingId, caseId: out.split(' ')[0] ?? '' }
    }
    const one = await start(`L${randomSuffix()}`)
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'awaitingBrand')
    await service.stopWorkers()
    const { caseId } = await start(`L${randomSuffix()}`)
    await forgeEvent(service.database, caseId, 1, 'unreadable')
    await forgeEvent(service.database, one.caseId, 3, 'unreadable')
    await service.startWorkers()
    const note = ['case', 'note', one.caseId, '--text', 'kept meanwhile']
    const isTaken = async () => (await cli.as('lead', note)).code === EXIT.ok
    await until('the case takes a note', isTaken, { withinMs: 30_000 })

    const list = () => cli.as('accountManager', ['stuck', 'list'], { columns: 200 })
    const { out } = await until(
      'both are listed',
      async () => {
        const shown = await list()
        return [caseId, one.caseId].every((id) => shown.out.includes(id)) && shown
      },
      { withinMs: 30_000 },
    )
    expect(out).toContain('S2  northwind  opening since')
    expect(out).toContain('it has not opened: what is stored cannot be read')
    expect(out).toContain(`S2  ${one.listingId}  northwind  awaitingBrand since`)
    expect(out).toContain('its record takes nothing more: what is stored cannot be read')
    expect(out).toContain(`joint-force audit verify ${one.caseId}`)
    const unknown = await cli.as('brandMember', ['stuck', 'list', '--json'])
    expect(JSON.parse(unknown.out)).toEqual([])

    const events = service.database.raw.collection('caseEvents')
    await events.deleteMany({ canonical: 'unreadable' })
    for (const id of [caseId, one.caseId]) await cli.as('lead', ['case', 'retry', id])
    await until('none is listed', async () => (await list()).out === '', { withinMs: 30_000 })
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
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

describe('the key', () => {
  it.each([
    ['mistyped', 'jf_live_not-a-key', EXIT.usage],
    ['unknown', generateApiKey().secret, EXIT.refused],
  ])('is not repeated when it is %s', async (_what, key, code) => {
    const ended = await cli.as('operator', ['case', 'list'], { env: { JOINT_FORCE_API_KEY: key } })
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).not.toContain(key)
  })

  it('is asked for when there is none', async () => {
    const ended = await cli.as('operator', ['case', 'list'], { env: { JOINT_FORCE_API_KEY: '' } })
    expect(ended).toMatchObject({ code: EXIT.usage, out: '' })
    expect(ended.err).toContain('JOINT_FORCE_API_KEY')
  })

  it('may lie in a file', async () => {
    const file = await fileWith(`${cli.api.keys.lead.secret}\n`)
    const env = { JOINT_FORCE_API_KEY: '' }
    const ended = await cli.as('lead', ['case', 'list', '--api-key-file', file], { env })
    expect(ended.code).toBe(EXIT.ok)
  })

  it('is of no use where nobody listens', async () => {
    const env = { JOINT_FORCE_API_URL: 'http://127.0.0.1:2' }
    const ended = await cli.as('lead', ['case', 'list'], { env })
    expect(ended).toMatchObject({ code: EXIT.unreachable, out: '' })
    expect(ended.err).toContain('ECONNREFUSED')
    expect(ended.err).not.toContain(cli.api.keys.lead.secret)
  })
})
