import type { Client } from '@temporalio/client'
import type { QueryDefinition } from '@temporalio/common'
import { Pool } from 'undici'
import { inParallel } from '../../platform/in-parallel.js'
import { until } from '../../local/until.js'
import { type Opening, openUpTo, untilOpen } from './opening.js'
import { BARE_QUEUE, isWaiting } from './bare/workflow.js'
import { isFloorWaiting } from './floor/workflow.js'
import { reportOf } from './reports.js'
import { type Samples, timed } from './timing.js'

const CONNECTIONS = 10
const SETTLING = { withinMs: 600_000, everyMs: 500 }

/** The rounds of requests and of bare starts at a number of open cases. */
export interface IntakeRates {
  openCases: number
  /** `POST /v1/cases`, a new listing each. */
  intake: Samples[]
  /** The same request to a server that checks nothing and starts a workflow of the floor. */
  floor: Samples[]
  /** Starting a bare workflow with the same input, from as many connections. */
  bareStart: Samples[]
}

/** Whom to ask, and how much. */
export interface IntakeOptions extends Opening {
  apiUrl: string
  floorUrl: string
  temporal: Client
  /** Requests of each kind in each round. */
  perRound: number
  rounds: number
}

/** Opens cases up to `openCases`, lets everything settle, then reports more, in turns with bare starts. */
export async function measureIntake(
  openCases: number,
  options: IntakeOptions,
): Promise<IntakeRates> {
  const { monitor, operator, temporal, perRound, rounds, unused } = options
  let expected = await openUpTo(openCases, options)

  const [pool, floorPool] = [options.apiUrl, options.floorUrl].map(
    (url) => new Pool(url, { connections: CONNECTIONS }),
  ) as [Pool, Pool]
  const reportTo = (to: Pool) => async (index: number) => {
    const { statusCode, body } = await to.request({
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

  const rates: IntakeRates = { openCases, intake: [], floor: [], bareStart: [] }
  const untilAllWait = (workflowIds: readonly string[], query: QueryDefinition<boolean>) =>
    inParallel(workflowIds, CONNECTIONS, (workflowId) => untilWaiting(temporal, workflowId, query))
  for (let round = 0; round < rounds; round++) {
    rates.intake.push(await timed(unused(perRound), CONNECTIONS, reportTo(pool)))
    expected += perRound
    await untilOpen(operator, expected)
    const floor = unused(perRound)
    rates.floor.push(await timed(floor, CONNECTIONS, reportTo(floorPool)))
    const floorIds = floor.map((index) => `floor~${reportOf(index).listing.listingId}`)
    await untilAllWait(floorIds, isFloorWaiting)
    const bare = unused(perRound)
    rates.bareStart.push(await timed(bare, CONNECTIONS, startBare))
    const bareIds = bare.map((index) => `bare~${index}`)
    await untilAllWait(bareIds, isWaiting)
  }
  await Promise.all([pool.close(), floorPool.close()])
  return rates
}

async function untilWaiting(
  temporal: Client,
  workflowId: string,
  query: QueryDefinition<boolean>,
): Promise<void> {
  const handle = temporal.workflow.getHandle(workflowId)
  await until(`${workflowId} waits`, () => handle.query(query), SETTLING)
}
