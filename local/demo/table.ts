import { type Account, spreadOf } from './account.js'
import type { PlayedCase } from './board.js'
import { SCRIPTS, type ScriptName } from './scripts.js'

const TITLE_WIDTH = 50
const OUTCOME_WIDTH = 22

/** What became of the cases, a line for every script that was played. Times are medians. */
export function outcomeTable(cases: readonly PlayedCase[]): string {
  const lines = (Object.keys(SCRIPTS) as ScriptName[]).flatMap((name) => {
    const own = cases.filter(({ scriptName }) => scriptName === name)
    if (own.length === 0) return []
    const outcomes = [...new Set(own.map(({ outcome }) => outcome ?? 'open'))].map((outcome) => {
      const count = own.filter((one) => (one.outcome ?? 'open') === outcome).length
      return count === own.length ? outcome : `${count} ${outcome}`
    })
    const seconds = own.flatMap(({ openedAt, closedAt }) =>
      closedAt === null ? [] : [(Date.parse(closedAt) - Date.parse(openedAt)) / 1000],
    )
    const median = seconds.length === 0 ? '' : `${spreadOf(seconds).p50.toFixed(1)} s`
    return row(String(own.length), SCRIPTS[name].title, outcomes.join(', '), median)
  })
  return [row('', 'what happened', 'outcome', 'took'), ...lines].join('\n')
}

/** The account in sentences. */
export function accountInWords(account: Account): string {
  const { listings, invalid, notSuspicious, duplicates, alreadyAnswered, cases } = account
  const { historyEventsPerCase: events, actionsPerCase: actions } = account
  const closings = Object.entries(account.outcomes).filter(([, count]) => count > 0)
  const atFirst = `${duplicates} duplicates, ${alreadyAnswered} already answered`
  return [
    `${listings} listings: ${invalid} invalid, ${notSuspicious} not suspicious, ${cases} cases, ${atFirst}.`,
    `${closings.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}; ${account.unaccounted} unaccounted for.`,
    `${account.takedownsRequested} removals requested; ${account.takedownsEffective} carried out by the marketplaces' own ledger.`,
    `${account.mails} mails, ${account.remindersSent} reminders, ${account.escalations} escalations.`,
    `Per case: ${events.p50} history events (most ${events.max}), ${actions.p50} actions (most ${actions.max}).`,
  ].join('\n')
}

function row(count: string, title: string, outcome: string, took: string): string {
  const cells = [count.padStart(4), title.padEnd(TITLE_WIDTH), outcome.padEnd(OUTCOME_WIDTH)]
  return `${cells.join('  ')}  ${took.padStart(7)}`.trimEnd()
}
