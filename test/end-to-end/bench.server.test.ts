import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { runProgram } from '../../local/provision/program.js'
import { freePorts } from '../../local/stack/ports.js'
import type { Figures } from '../../tools/bench/figures.js'

const TIMEOUT_MS = 180_000

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'joint-force-bench-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

describe('npm run bench', () => {
  it(
    'brings everything up, measures, and ends with the figures as JSON',
    async () => {
      const { api: base } = await freePorts()
      const smallest = ['--rounds', '1', '--cases', '1', '--requests', '1', '--open', '1']
      const output = await runProgram(
        process.execPath,
        ['--import', 'tsx', 'tools/bench/main.ts', ...smallest, '--only', 'cases,intake', '--json'],
        {
          cwd: REPOSITORY_DIR,
          env: {
            ...process.env,
            JOINT_FORCE_DATA_DIR: dataDir,
            JOINT_FORCE_PORT_BASE: String(base - (base % 100)),
          },
          timeoutMs: TIMEOUT_MS,
        },
      )
      const { speed } = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Figures
      expect(speed[0]?.cases).toMatchObject({
        ours: { count: 1 },
        floor: { count: 1 },
        bare: { count: 1 },
        cost: { listingCase: { actions: 12 }, floor: { actions: 12 }, bare: { actions: 12 } },
      })
      expect(speed[0]?.intake[0]).toMatchObject({ openCases: 1, ours: { count: 1 } })
      expect(output).toMatch(/listingCase +[\d.]+ +[\d.]+ m?s/)
    },
    TIMEOUT_MS,
  )
})
