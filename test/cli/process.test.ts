import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'

const program = [path.join(REPOSITORY_DIR, 'bin/joint-force.js')]

describe('bin/joint-force.js', () => {
  it('runs from any folder, and ends with the exit code of the command', async () => {
    const child = spawn(process.execPath, [...program, 'case', 'list'], {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '' },
    })
    const outputs = Promise.all([text(child.stdout), text(child.stderr)])
    const [code] = (await once(child, 'close')) as [number]
    const [out, err] = await outputs
    expect({ out, code }).toEqual({ out: '', code: EXIT.usage })
    expect(err).toMatch(/^error: give your API key/)
  })

  it('takes it well when nobody reads on', async () => {
    const child = spawn(process.execPath, [...program, '--help'], { stdio: 'pipe' })
    child.stdout.destroy()
    const err = text(child.stderr)
    const [code, signal] = (await once(child, 'close')) as [number, string | null]
    expect({ code, signal, err: await err }).toEqual({ code: EXIT.ok, signal: null, err: '' })
  })
})
