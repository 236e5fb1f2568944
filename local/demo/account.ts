import { inParallel } from '../../platform/in-parallel.js'
import type { PresentedEvent } from '../../contract/event.js'
import { OUTCOMES, type Outcome } from '../../domain/vocabulary.js'
import type { MonitorReport } from '../../monitor/run.js'
import { percentiles } from '../../store/cases/percentiles.js'
import type { HistoryCost } from '../history-cost.js'
import type { SandboxClient } from '../../sandbox/client.js'
import type { ApiClient } from '../../client/client.js'

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

/** Of numbers of events, actions, or seconds; zero of none. */
interface Spread {
  p50: number
  max: number
}

const AT_ONCE = 8

/** What an account is drawn up from, after the last case has closed. */
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
  const { listings, notSuspicious, alreadyAnswered } = report
  const openedIds = openedIn(report)
  const cases = openedIds.size
  const duplicates = report.duplicates - (cases - report.cases)
  const rows = new Map((await api.cases()).map((row) => [row.caseId, row]))
  const outcomes = noOutcomes()
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
  const own = [...costs].flatMap(([caseId, cost]) => (openedIds.has(caseId) ? [cost] : []))

  return {
    listings,
    invalid: report.invalid.length,
    notSuspicious,
    cases,
    duplicates,
    alreadyAnswered,
    outcomes,
    takedownsRequested: count('takedownRequested'),
    takedownsEffective: effective.filter(({ operation }) => operation !== 'restore').length,
    remindersSent: count('reminderSent'),
    escalations: count('escalated'),
    mails,
    // A case that was acknowledged and has no row has no end either; it counts once.
    unaccounted: listings - counted + endless,
    historyEventsPerCase: spreadOf(own.map(({ historyEvents }) => historyEvents)),
    actionsPerCase: spreadOf(own.map(({ actions }) => actions)),
    wallMs,
  }
}

/** The account of a file in which nothing is suspicious: there was nothing to play. */
export function accountWithoutCases(survey: MonitorReport): Account {
  const { listings, invalid, notSuspicious, duplicates } = survey
  return {
    listings,
    invalid: invalid.length,
    notSuspicious,
    cases: 0,
    duplicates,
    alreadyAnswered: 0,
    outcomes: noOutcomes(),
    takedownsRequested: 0,
    takedownsEffective: 0,
    remindersSent: 0,
    escalations: 0,
    mails: 0,
    unaccounted: listings - invalid.length - notSuspicious - duplicates,
    historyEventsPerCase: spreadOf([]),
    actionsPerCase: spreadOf([]),
    wallMs: 0,
  }
}

function noOutcomes(): Account['outcomes'] {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Account['outcomes']
}

/**
 * The cases a run has opened, where nothing was there before it: all that were acknowledged. A
 * report whose first answer was lost is a duplicate when it is repeated, and yet it opened its case.
 */
export function openedIn({ acknowledged }: MonitorReport): ReadonlySet<string> {
  return new Set(acknowledged.map(({ caseId }) => caseId))
}

/** The middle and the greatest of some numbers; zero of none. */
export function spreadOf(numbers: readonly number[]): Spread {
  return {
    p50: percentiles(numbers).p50 ?? 0,
    max: numbers.reduce((most, one) => Math.max(most, one), 0),
  }
}
