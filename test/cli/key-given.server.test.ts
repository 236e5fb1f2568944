import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { generateApiKey } from '../../platform/api-key.js'
import { randomSuffix } from '../../platform/digest.js'
import { testDataDir } from '../setup/environment.js'
import { startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
})
afterAll(() => cli.stop())

async function fileWith(content: string): Promise<string> {
  const file = path.join(testDataDir(), `cli-${randomSuffix()}`)
  await writeFile(file, content)
  return file
}

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
