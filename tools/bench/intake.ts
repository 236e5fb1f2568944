import type { Client } from '@temporalio/client'
import { Pool } from 'undici'
import { inParallel } from '../../platform/in-parallel.js'
import type { ApiClient } from '../../client/client.js'
import { until } from '../../local/until.js'
import { BARE_QUEUE, isWaiting } from './bare/workflow.js'
import { reportOf } from './reports.js'
import { type Samples, timed } from './timing.js'

const CONNECTIONS = 10
const BATCH = 500
const SETTLING = { withinMs: 600_000, everyMs: 500 }

/** The rounds of requests and of bare starts at a number of open cases. */
export interface IntakeRates {
  openCases: number
  /** `POST /v1/cases`, a new listing each. */
  intake: Samples[]
  /** Starting a bare workflow with the same input, from as many connections. */
  bareStart: Samples[]
}

/** Whom to ask, and how much. */
export interface IntakeOptions {
  apiUrl: string
  monitor: ApiClient
  operator: ApiClient
  temporal: Client
  /** Requests of each kind in each round. */
  perRound: number
  rounds: number
  /** Gives `count` numbers of listings that were not used yet. */
  unused: (count: number) => number[]
}

/** Opens cases up to `openCases`, lets everything settle, then reports more, in turns with bare starts. */
export async function measureIntake(
  openCases: number,
  options: IntakeOptions,
): Promise<IntakeRates> {
  const { monitor, operator, temporal, perRound, rounds, unused } = options
  const missing = openCases - (await openCount(operator))
  for (let left = missing; left > 0; left -= BATCH) {
    const cases = unused(Math.min(BATCH, left)).map(reportOf)
    await monitor.post('/cases:batch', { cases })
  }
  let expected = Math.max(openCases, openCases - missing)
  await settled(operator, expected)

  const pool = new Pool(options.apiUrl, { connections: CONNECTIONS })
  const report = async (index: number) => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/v1/cases',
      body: JSON.stringify(reportOf(index)),
      headers: { authorization: `Bearer ${monitor.key}`, 'content-type': 'application/json' },
    })
    const text = await body.text()
    if (statusCode !== 202) throw new Error(`POST /v1/cases: ${statusCode} ${text}`)
  }
  const startBare = (index: number) =>
    temporal.workflow.start('bareCase', {
      workflowId: `bare~${index}`,
      taskQueue: BARE_QUEUE,
      args: [reportOf(index)],
    })

  const rates: IntakeRates = { openCases, intake: [], bareStart: [] }
  for (let round = 0; round < rounds; round++) {
    rates.intake.push(await timed(unused(perRound), CONNECTIONS, report))
    expected += perRound
    await settled(operator, expected)
    const bare = unused(perRound)
    rates.bareStart.push(await timed(bare, CONNECTIONS, startBare))
    await inParallel(bare, CONNECTIONS, (index) => untilWaiting(temporal, `bare~${index}`))
  }
  await pool.close()
  return rates
}

async function openCount(operator: ApiClient): Promise<number> {
  const { openByPhase } = await operator.get<{ openByPhase: Record<string, number> }>('/stats')
  return Object.values(openByPhase).reduce((total, count) => total + count, 0)
}

async function settled(operator: ApiClient, expected: number): Promise<void> {
  const isReached = async () => (await openCount(operator)) >= expected
  await until(`${expected} cases are open`, isReached, SETTLING)
}

async function untilWaiting(temporal: Client, workflowId: string): Promise<void> {
  const handle = temporal.workflow.getHandle(workflowId)
  await until(`${workflowId} waits`, () => handle.query(isWaiting), SETTLING)
}
