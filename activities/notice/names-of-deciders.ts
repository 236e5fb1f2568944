import { isPersonId } from '../../domain/person/identity.js'
import { parseRecipient } from '../../domain/notice/recipients.js'
import type { AnsweringRole } from '../../domain/vocabulary.js'
import { type CaseRow, EVERYTHING, type Store } from '../../store/store.js'

type Names = Pick<Store, 'accountManagers' | 'apiKeys' | 'brands' | 'people'>

/**
 * The names of those who decided the cases, by case. Who is deleted has none; a brand is shown none
 * that is an address, as a key's name may be one.
 */
export async function namesOfDeciders(
  store: Names,
  rows: readonly CaseRow[],
  reader: AnsweringRole,
): Promise<Map<string, string>> {
  const deciders = rows.flatMap(({ caseId, state: { decision } }) =>
    decision && decision.by.role !== 'system' ? [{ caseId, id: decision.by.id }] : [],
  )
  const ids = [...new Set(deciders.map(({ id }) => id))]
  const named = await Promise.all(ids.map(async (id) => [id, await nameOf(store, id)] as const))
  const names = new Map(named)
  return new Map(
    deciders.flatMap(({ caseId, id }) => {
      const name = names.get(id)
      const isShown = name !== undefined && (reader !== 'brandMember' || !name.includes('@'))
      return isShown ? [[caseId, name]] : []
    }),
  )
}

async function nameOf(store: Names, id: string): Promise<string | undefined> {
  if (isPersonId(id)) return (await store.people.find(id))?.name
  const recipient = parseRecipient(id)
  switch (recipient?.kind) {
    case undefined:
      return (await store.apiKeys.find(id))?.name
    case 'onCall':
      return undefined
    case 'staff':
      return (await store.accountManagers.find(recipient.accountManagerId))?.name
    case 'brand': {
      const brand = await store.brands.find(EVERYTHING, recipient.brandId)
      return brand?.contacts.find(({ contactId }) => contactId === recipient.contactId)?.name
    }
  }
}
