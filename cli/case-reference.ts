import type { Command } from 'commander'
import { trimmed } from '../domain/form/given-text.js'
import { parseCaseId } from '../domain/case/identity.js'
import type { ApiClient } from '../client/client.js'
import { CommandError, EXIT, usageError } from './exit.js'

const SHOWN = 10

/** Narrows down which case a listing’s id means. */
export interface CaseOptions {
  marketplace?: string
}

/** Gives a command its case, as `resolveCase` reads it. */
export function withCase(
  command: Command,
  argument: '<case>' | '[case]' | '[case...]' = '<case>',
): Command {
  return command
    .argument(argument, 'case id, or the listing’s id')
    .option('--marketplace <id>', 'where the listing is, if several have its id')
}

/**
 * The case a person means: by its id, or by its listing's id as lists show it. The open case of the
 * listing, else its only one. Throws when there is none, or more than one.
 */
export async function resolveCase(
  api: ApiClient,
  given: string,
  { marketplace }: CaseOptions = {},
): Promise<string> {
  const reference = trimmed(given)
  if (parseCaseId(reference)) return reference
  const cases = await api.cases({
    listingId: reference.slice(0, 200),
    ...(marketplace === undefined ? {} : { marketplace }),
  })
  const open = cases.filter(({ phase }) => phase !== 'closed')
  const meant = open.length > 0 ? open : cases
  const [first] = meant
  if (!first) {
    throw new CommandError(
      EXIT.notFound,
      `There is no case of a listing "${reference}"${marketplace === undefined ? '' : ` on ${marketplace}`}.`,
    )
  }
  if (meant.length === 1) return first.caseId
  const ids = meant.slice(0, SHOWN).map(({ caseId, phase }) => `  ${caseId}  ${phase}`)
  throw usageError(
    `The listing ${reference} has ${meant.length} cases; name the one you mean:\n${ids.join('\n')}`,
  )
}
