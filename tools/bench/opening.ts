import type { ApiClient } from '../../client/client.js'
import { until } from '../../local/until.js'
import { reportOf } from './reports.js'

const BATCH = 200
const SETTLING = { withinMs: 900_000, everyMs: 500 }

/** Who opens cases, with numbers of listings that were not used yet. */
export interface Opening {
  monitor: ApiClient
  operator: ApiClient
  unused: (count: number) => number[]
}

/** Reports listings until so many cases are open, and waits until they are; how many that are then. */
export async function openUpTo(openCases: number, opening: Opening): Promise<number> {
  const { monitor, operator, unused } = opening
  const open = await openCount(operator)
  for (let left = openCases - open; left > 0; left -= BATCH) {
    const cases = unused(Math.min(BATCH, left)).map(reportOf)
    await monitor.post('/cases:batch', { cases })
  }
  const expected = Math.max(openCases, open)
  await untilOpen(operator, expected)
  return expected
}

/** Waits until so many cases are open on record. */
export async function untilOpen(operator: ApiClient, expected: number): Promise<void> {
  const isReached = async () => (await openCount(operator)) >= expected
  await until(`${expected} cases are open`, isReached, SETTLING)
}

async function openCount(operator: ApiClient): Promise<number> {
  const { openByPhase } = await operator.get<{ openByPhase: Record<string, number> }>('/stats')
  return Object.values(openByPhase).reduce((total, count) => total + count, 0)
}
