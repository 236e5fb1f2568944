interface Group<T> {
  items: T[]
  isOpen: boolean
  sent: Promise<void>
}

/**
 * Lets many callers share few calls of `send`: items for one key that come while a group for that
 * key is on its way go together in the next, at most `maxItems` at a time. Each caller's promise
 * settles with the group its item is in.
 */
export function inGroups<T>(
  send: (key: string, items: readonly T[]) => Promise<void>,
  maxItems: number,
): (key: string, item: T) => Promise<void> {
  const latest = new Map<string, Group<T>>()

  function open(key: string, previous: Group<T> | undefined): Group<T> {
    const items: T[] = []
    const group: Group<T> = { items, isOpen: true, sent: Promise.resolve() }
    const isFree = previous ? previous.sent.catch(() => undefined) : Promise.resolve()
    group.sent = isFree
      .then(() => {
        group.isOpen = false
        return send(key, items)
      })
      .finally(() => {
        if (latest.get(key) === group) latest.delete(key)
      })
    latest.set(key, group)
    return group
  }

  return (key, item) => {
    const last = latest.get(key)
    const isRoomLeft = last?.isOpen === true && last.items.length < maxItems
    const group = isRoomLeft ? last : open(key, last)
    group.items.push(item)
    return group.sent
  }
}
