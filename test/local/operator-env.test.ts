import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runProgram } from '../../local/provision/program.js'
import { writeOperatorEnv } from '../../local/start/operator-env.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "operator's "))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the environment of the operator commands', () => {
  it('is read by a shell as it was meant, and by nobody else', async () => {
    const urls = { api: 'http://127.0.0.1:1', smtp: 'smtp://127.0.0.1:2' }
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:3/x?directConnection=true&a=$HOME' }
    const file = await writeOperatorEnv(folder, { urls, env }, { operator: "it's a key" })
    expect((await stat(file)).mode & 0o077).toBe(0)
    const script = '. "$0"; printf "%s\\n" "$JOINT_FORCE_API_KEY" "$MONGODB_URI" "$SMTP_URL"'
    const output = await runProgram('sh', ['-c', script, file], {
      cwd: folder,
      env: process.env,
      timeoutMs: 10_000,
    })
    expect(output.trim().split('\n')).toEqual(["it's a key", env.MONGODB_URI, urls.smtp])
  })
})
