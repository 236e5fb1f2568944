import { describe, expect, it } from '@jest/globals'
import { type Check, runChecks } from '../../../tools/check/run-checks.js'

function nodeCheck(name: string, code: string): Check {
  return { name, command: process.execPath, args: ['--eval', code] }
}

const cwd = process.cwd()

describe('runChecks', () => {
  it('runs all of them although one fails, and keeps their order and output', async () => {
    const checks = [
      nodeCheck('fails', 'console.log("out"); console.error("err"); process.exitCode = 3'),
      nodeCheck('passes', 'console.log("fine")'),
      { name: 'missing', command: 'no-such-program', args: [] },
      nodeCheck('killed', 'process.kill(process.pid, "SIGKILL")'),
    ]
    const results = await runChecks(checks, { cwd, concurrency: 2 })
    expect(results.map(({ name, isOk }) => [name, isOk])).toEqual([
      ['fails', false],
      ['passes', true],
      ['missing', false],
      ['killed', false],
    ])
    expect(results[0]?.output).toContain('out')
    expect(results[0]?.output).toContain('err')
    expect(results[2]?.output).toContain('no-such-program could not be started')
  })

  it('runs no more at a time than allowed, and starts the next as soon as one ends', async () => {
    let running = 0
    let most = 0
    const checks = ['a', 'b', 'c', 'd', 'e'].map((name) => nodeCheck(name, ''))
    const started: string[] = []
    await runChecks(checks, {
      cwd,
      concurrency: 2,
      onStart: ({ name }) => {
        started.push(name)
        most = Math.max(most, ++running)
      },
      onEnd: () => running--,
    })
    expect(most).toBe(2)
    expect(started).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(running).toBe(0)
  })
})
