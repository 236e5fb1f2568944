import { type Command, Option } from 'commander'
import {
  CASE_FILTER_ROWS,
  type CaseFilterName,
  type GivenCaseFilter,
} from '../contract/case-filters.js'
import type { CaseListQuery } from '../contract/case-list.js'
import { CASE_SORTS, type CaseSort } from '../domain/case/sorts.js'
import { MOMENT_HELP, parseMoment } from './moments.js'

/** What commander makes of the options of `withCaseFilters`. */
export type CaseFilterOptions = Readonly<Record<string, unknown>>

type Row = (typeof CASE_FILTER_ROWS)[number][1]

/** The command with an option for every filter of the list of cases, and `--sort`. */
export function withCaseFilters(command: Command): Command {
  for (const [name, row] of CASE_FILTER_ROWS) command.addOption(optionOf(name, row))
  return command
    .addOption(
      new Option(
        '--sort <order>',
        'dueAt and severity: open cases; -closedAt: closed ones',
      ).choices(CASE_SORTS),
    )
    .addHelpText('after', `\nA <moment> is ${MOMENT_HELP}.`)
}

function optionOf(name: CaseFilterName, row: Row): Option {
  const { enum: words, type, items } = row.schema as SchemaParts
  const flag = `--${flagOf(name, row)}`
  const help = row.help ?? row.description.replace(/\.$/, '').replace(/^[A-Z]/, lowerCase)
  if (type === 'boolean') return new Option(flag, help)
  if (row.isMoment) return new Option(`${flag} <moment>`, help)
  if (items?.enum) return new Option(`${flag} <${name}...>`, help).choices(items.enum)
  const option = new Option(`${flag} <${name}>`, help)
  return words ? option.choices(words) : option
}

/** What a schema says of itself, as far as an option needs it. */
interface SchemaParts {
  type?: string
  enum?: readonly string[]
  items?: { enum?: readonly string[] }
}

/** `dueBefore` → `due-before`; people need not say that they give an id. */
function flagOf(name: CaseFilterName, { option }: Row): string {
  return option ?? name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `-${lowerCase(letter)}`)
}

function lowerCase(letter: string): string {
  return letter.toLowerCase()
}

/** The query that the options ask. Throws a usage error for what is no moment. */
export function caseQueryOf(options: CaseFilterOptions, nowMs: number): CaseListQuery {
  const given = CASE_FILTER_ROWS.flatMap(([name, row]) => {
    const attribute = optionOf(name, row).attributeName()
    const value = options[attribute]
    if (value === undefined) return []
    return [[name, row.isMoment ? parseMoment(value as string, nowMs) : value] as const]
  })
  const sort = options['sort'] as CaseSort | undefined
  return { ...(Object.fromEntries(given) as GivenCaseFilter), ...(sort ? { sort } : {}) }
}
