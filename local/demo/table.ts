import { OUTCOMES } from '../../domain/vocabulary.js'
import { type Account, spreadOf } from './account.js'
import type { PlayedCase } from './board.js'
import { type DemoResult, NOTICE } from './run-demo.js'
import { SCRIPTS, type ScriptName } from './scripts.js'

const TITLE_WIDTH = 41
const WIDTH = 80
const LABEL_WIDTH = 12
const OUTCOME_WIDTH = 20

/** What a demo came to, for people; lines fit a terminal of 80 columns. */
export function resultInWords({ account, cases, again }: DemoResult): string {
  const { historyEventsPerCase: events, actionsPerCase: actions } = account
  const closings = OUTCOMES.map((outcome) => [account.outcomes[outcome], outcome] as const)
  return [
    outcomeTable(cases),
    '',
    listingsInWords(account),
    ...labelled('outcomes', listed(closings)),
    ...labelled('takedowns', [
      `${account.takedownsRequested} requested`,
      `${account.takedownsEffective} carried out by the marketplaces' own ledger`,
    ]),
    ...labelled('mails', [
      `${account.mails} in all, grouped`,
      `${account.remindersSent} reminders`,
      `${account.escalations} escalations`,
    ]),
    ...labelled('per case', [
      `${events.p50} history events (at most ${events.max})`,
      `${actions.p50} actions (at most ${actions.max})`,
    ]),
    ...labelled('once more', [
      `the same file gave ${again.cases} new cases`,
      `${again.mails} new mails`,
    ]),
    '',
    NOTICE,
  ].join('\n')
}

/** How many lines the file has and what they are. */
export function listingsInWords(account: Account): string {
  const { listings, invalid, notSuspicious, duplicates, alreadyAnswered, cases } = account
  const kinds = listed([
    [cases, 'cases'],
    [notSuspicious, 'not suspicious'],
    [duplicates, 'duplicates'],
    [alreadyAnswered, 'already answered'],
    [invalid, 'invalid'],
  ])
  const parts = [`${listings} in all`, ...kinds, `${account.unaccounted} unaccounted for`]
  return labelled('listings', parts).join('\n')
}

/** What became of the cases, a line for every script that was played. Times are medians. */
function outcomeTable(cases: readonly PlayedCase[]): string {
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

function listed(counts: readonly (readonly [count: number, what: string])[]): string[] {
  return counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []))
}

/** A label and what belongs to it, on as many lines as that takes. */
function labelled(label: string, parts: readonly string[]): string[] {
  const lines: string[] = []
  for (const [index, part] of parts.entries()) {
    const text = index < parts.length - 1 ? `${part},` : part
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + text.length <= WIDTH) {
      lines[lines.length - 1] = `${last} ${text}`
    } else lines.push((last === undefined ? label : '').padEnd(LABEL_WIDTH) + text)
  }
  return lines
}

function row(count: string, title: string, outcome: string, took: string): string {
  const cells = [count.padStart(4), title.padEnd(TITLE_WIDTH), outcome.padEnd(OUTCOME_WIDTH)]
  return `${cells.join('  ')}  ${took.padStart(7)}`.trimEnd()
}
