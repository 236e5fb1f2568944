import { makeContinueAsNewFunc } from '@temporalio/workflow'
import type { Severity } from '../../domain/vocabulary.js'
import type { ListingCase, ListingCaseInput } from '../messages.js'
import { openingAttributes } from '../search-attributes.js'

/**
 * The next run knows everything from the record; nobody is told of the change. It shows as opening
 * until it has the record, so that one that does not get that far is found.
 */
export async function goOnAsNew(
  { undelivered: _applied, ...input }: ListingCaseInput,
  severity: Severity,
): Promise<never> {
  const typedSearchAttributes = openingAttributes(input.sighting, severity)
  return makeContinueAsNewFunc<ListingCase>({ typedSearchAttributes })({
    ...input,
    continued: null,
  })
}
