import type { Actor } from '../../domain/case/state.js'
import { parseRecipient, type Recipient } from '../../domain/notice/recipients.js'
import { isPersonId } from '../../domain/person/identity.js'
import { DatabaseUnavailable } from '../outage.js'
import type { RecentPeople } from './recent-people.js'
import type { KnownName, Names, Reader } from '../present/reader.js'

/** The names of those who acted, by id, as `reader` may see them. */
export type NamesOf = (
  reader: Reader,
  actors: readonly Pick<Actor, 'role' | 'id'>[],
) => Promise<Names>

/**
 * Who is deleted has no name; who was deactivated is `former`. Monitors are shown none; brands none that is an address, as a key's
 * name may be one.
 */
export function createNamesOf({ keys, brands, managers, persons }: RecentPeople): NamesOf {
  const nameOf = async (id: string): Promise<KnownName | undefined> => {
    if (isPersonId(id)) {
      const person = await persons.get(id)
      return person ? knownAs(person.name, person.deactivatedAt !== null) : undefined
    }
    const recipient = parseRecipient(id)
    if (recipient?.kind === 'staff') {
      const manager = await managers.get(recipient.accountManagerId)
      return manager ? knownAs(manager.name, !manager.active) : undefined
    }
    const name = await nameOfOther(id, recipient)
    return name === undefined ? undefined : { name }
  }

  const nameOfOther = async (
    id: string,
    recipient: Exclude<Recipient, { kind: 'staff' }> | null,
  ): Promise<string | undefined> => {
    if (recipient === null) return (await keys.get(id))?.name
    if (recipient.kind === 'onCall') return undefined
    const brand = await brands.get(recipient.brandId)
    return brand?.contacts.find(({ contactId }) => contactId === recipient.contactId)?.name
  }

  return async (reader, actors) => {
    const acting = actors.filter(({ role }) => role !== 'system')
    const ids = reader === 'monitor' ? [] : [...new Set(acting.map(({ id }) => id))]
    const named = await Promise.all(
      ids.map(async (id) => [id, await nameOf(id).catch(nameless)] as const),
    )
    return new Map(
      named.flatMap(([id, name]) => {
        const isShown = name !== undefined && (reader === 'staff' || !name.name.includes('@'))
        return isShown ? [[id, name]] : []
      }),
    )
  }
}

function knownAs(name: string, isFormer: boolean): KnownName {
  return { name, ...(isFormer ? { former: true } : {}) }
}

/** A case can be read without names. */
function nameless(error: unknown): undefined {
  if (!(error instanceof DatabaseUnavailable)) throw error
}
