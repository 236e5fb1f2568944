import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { randomSuffix } from '../../platform/digest.js'
import { testDataDir } from '../setup/environment.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
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
