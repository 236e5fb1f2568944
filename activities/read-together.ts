/**
 * Reads a thing by its id for everybody who asks in the same moment at once. Whoever asks while it is
 * being read gets the next reading, so that nobody is given what was so before they asked.
 */
export function readTogether<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const reading = new Map<string, Promise<T>>()
  const next = new Map<string, Promise<T>>()

  function begin(id: string): Promise<T> {
    const begun = read(id)
    reading.set(id, begun)
    const end = () => {
      if (reading.get(id) === begun) reading.delete(id)
    }
    begun.then(end, end)
    return begun
  }

  function afterwards(id: string, current: Promise<T>): Promise<T> {
    const again = () => {
      next.delete(id)
      return begin(id)
    }
    const awaited = current.then(again, again)
    next.set(id, awaited)
    return awaited
  }

  return (id) => {
    const current = reading.get(id)
    return next.get(id) ?? (current ? afterwards(id, current) : begin(id))
  }
}
