import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** An append-only file of JSON lines. What `append` has acknowledged survives a kill of the process. */
export interface Journal<Event> {
  /** Resolves when the event is on disk. Events appended meanwhile share one flush. */
  append(event: Event): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the journal at `path` (created where missing) and hands every event in it to `replay`.
 * A last line cut short by a kill was never acknowledged and is removed; any other line that cannot
 * be read is an error naming it.
 */
export async function openJournal<Event>(
  path: string,
  replay: (event: Event) => void,
): Promise<Journal<Event>> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a')
  const content = await readFile(path)
  const end = content.lastIndexOf('\n') + 1
  if (end < content.length) await file.truncate(end)
  const lines = content.subarray(0, end).toString('utf8').split('\n').slice(0, -1)
  lines.forEach((line, index) => replay(parsed<Event>(line, `${path}:${index + 1}`)))

  let waiting: string[] = []
  let flushing: Promise<void> | undefined

  async function flush(): Promise<void> {
    const batch = waiting
    waiting = []
    flushing = undefined
    await file.appendFile(batch.join(''))
    await file.datasync()
  }

  let previous = Promise.resolve()
  function append(event: Event): Promise<void> {
    waiting.push(`${JSON.stringify(event)}\n`)
    if (!flushing) {
      flushing = previous.then(flush)
      previous = flushing
    }
    return flushing
  }

  async function close(): Promise<void> {
    await previous
    await file.close()
  }

  return { append, close }
}

function parsed<Event>(line: string, place: string): Event {
  try {
    return JSON.parse(line) as Event
  } catch (cause) {
    throw new Error(`${place} is not JSON; repair or delete the file to start with an empty shop`, {
      cause,
    })
  }
}
