import { inParallel } from '../../api/in-parallel.js'
import type { PresentedEvent } from '../../api/schemas/event.js'
import { OUTCOMES, type Outcome } from '../../domain/vocabulary.js'
import type { MonitorReport } from '../../monitor/run.js'
import type { HistoryCost } from '../history-cost.js'
import type { SandboxClient } from '../sandbox/client.js'
import type { ApiClient } from '../world/api-client.js'

/** What a demo comes to. `listings` = invalid + notSuspicious + duplicates + alreadyAnswered + cases. */
export interface Account {
  listings: number
  invalid: number
  notSuspicious: number
  cases: number
  duplicates: number
  alreadyAnswered: number
  outcomes: Record<Outcome, number>
  /** Requests that the record holds. */
  takedownsRequested: number
  /** Removals that the marketplaces' own ledger holds. */
  takedownsEffective: number
  remindersSent: number
  escalations: number
  mails: number
  /** Lines that are none of the above, cases without an end, acknowledged ids without a row. */
  unaccounted: number
  historyEventsPerCase: Spread
  actionsPerCase: Spread
  /** From the first report to the last mail, without bringing the servers up. */
  wallMs: number
}

interface Spread {
  p50: number
  max: number
}

const AT_ONCE = 8

export interface AccountInput {
  report: MonitorReport
  api: ApiClient
  sandbox: SandboxClient
  costs: ReadonlyMap<string, HistoryCost>
  mails: number
  wallMs: number
}

/** Works out the account from the record, the marketplaces' ledger and the workflows' histories. */
export async function drawUpAccount(input: AccountInput): Promise<Account> {
  const { report, api, sandbox, costs, mails, wallMs } = input
  const { listings, notSuspicious, cases, duplicates, alreadyAnswered, acknowledged } = report
  const caseIds = [...new Set(acknowledged.map(({ caseId }) => caseId))]
  const openedIds = new Set(
    acknowledged.flatMap(({ caseId, result }) => (result === 'opened' ? [caseId] : [])),
  )
  const rows = new Map((await api.cases()).map((row) => [row.caseId, row]))
  const outcomes = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, 0]),
  ) as Account['outcomes']
  let endless = 0
  for (const caseId of openedIds) {
    const outcome = rows.get(caseId)?.outcome
    if (outcome) outcomes[outcome] += 1
    else endless += 1
  }
  const records = await inParallel([...openedIds], AT_ONCE, (caseId) => api.events(caseId))
  const count = (type: PresentedEvent['type']) =>
    records.flat().filter((event) => event.type === type).length
  const effective = await sandbox.ledger({ effective: true })
  const counted = report.invalid.length + notSuspicious + duplicates + alreadyAnswered + cases
  const rowless = caseIds.filter((caseId) => !rows.has(caseId) && !openedIds.has(caseId)).length
  const own = [...costs].flatMap(([caseId, cost]) => (openedIds.has(caseId) ? [cost] : []))

  return {
    ...{ listings, invalid: report.invalid.length, notSuspicious, cases },
    ...{ duplicates, alreadyAnswered, outcomes },
    takedownsRequested: count('takedownRequested'),
    takedownsEffective: effective.filter(({ operation }) => operation !== 'restore').length,
    remindersSent: count('reminderSent'),
    escalations: count('escalated'),
    mails,
    // A case that was opened and has no row has no end either; it counts once.
    unaccounted: listings - counted + endless + rowless,
    historyEventsPerCase: spreadOf(own.map(({ historyEvents }) => historyEvents)),
    actionsPerCase: spreadOf(own.map(({ actions }) => actions)),
    wallMs,
  }
}

/** The middle and the greatest of some numbers; zero of none. */
export function spreadOf(numbers: readonly number[]): Spread {
  const ascending = numbers.toSorted((a, b) => a - b)
  return { p50: ascending[Math.floor((ascending.length - 1) / 2)] ?? 0, max: ascending.at(-1) ?? 0 }
}
