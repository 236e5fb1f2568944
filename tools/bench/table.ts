import type { HistoryCost } from '../../local/history-cost.js'
import type { CaseRates } from './cases.js'
import type { IntakeRates } from './intake.js'
import { type Samples, type Timing, timingOf } from './timing.js'

interface Measured {
  machine: { cores: number; cpu: string; node: string }
  cases: CaseRates
  intake: readonly IntakeRates[]
}

/** Two ways of doing something side by side; `ratio` = ours per second / bare per second. */
interface Comparison {
  ours: Timing
  bare: Timing
  ratio: number
}

/** What a measurement came to. */
export interface Figures {
  machine: Measured['machine']
  cases: Comparison & { cost: { listingCase: HistoryCost; bare: HistoryCost } }
  intake: (Comparison & { openCases: number })[]
}

/** Works the figures out. */
export function figures({ machine, cases, intake }: Measured): Figures {
  return {
    machine,
    cases: { ...compare(cases.listingCase, cases.bare), cost: cases.cost },
    intake: intake.map((at) => ({
      openCases: at.openCases,
      ...compare(at.intake, at.bareStart),
    })),
  }
}

/** The figures for people. */
export function table({ machine, cases, intake }: Figures): string {
  const { listingCase, bare } = cases.cost
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`,
    '',
    row(['', 'per second', 'p50', 'p99', 'ratio']),
    ...rows('listingCase', 'bare workflow', cases),
    ...intake.flatMap((at) => [
      '',
      `at ${at.openCases} open cases`,
      ...rows('POST /v1/cases', 'bare start', at),
    ]),
    '',
    `One case: ${listingCase.historyEvents} events, ${listingCase.actions} actions. ` +
      `One bare workflow: ${bare.historyEvents} events, ${bare.actions} actions.`,
    'Ratio: ours per second / bare per second. p50 and p99 of workflows: from the decision to the end.',
  ].join('\n')
}

function compare(ours: readonly Samples[], bare: readonly Samples[]): Comparison {
  const [a, b] = [timingOf(ours), timingOf(bare)]
  return { ours: a, bare: b, ratio: a.perSecond / b.perSecond }
}

function rows(ourName: string, bareName: string, { ours, bare, ratio }: Comparison): string[] {
  return [timingRow(ourName, ours, ratio.toFixed(2)), timingRow(bareName, bare, '')]
}

function timingRow(name: string, { perSecond, p50Ms, p99Ms }: Timing, ratio: string): string {
  return row([name, perSecond.toFixed(1), milliseconds(p50Ms), milliseconds(p99Ms), ratio])
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
}

function row([name = '', ...cells]: string[]): string {
  return `${name.padEnd(18)}${cells.map((cell) => cell.padStart(12)).join('')}`.trimEnd()
}
