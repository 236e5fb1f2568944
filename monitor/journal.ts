import { type FileHandle, open, rm } from 'node:fs/promises'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseJson } from '../platform/parse-json.js'

const AcknowledgedSchema = Type.Object({
  externalId: Type.String(),
  listingId: Type.String(),
  caseId: Type.String(),
  result: Type.Union([
    Type.Literal('opened'),
    Type.Literal('duplicate'),
    Type.Literal('alreadyAnswered'),
  ]),
})

/** A report the service has taken: `caseId` is the case that answers it. */
export type Acknowledged = Static<typeof AcknowledgedSchema>

const isAcknowledged = Compile(AcknowledgedSchema)
const isHeader = Compile(Type.Object({ run: Type.String() }))

/** The state file cannot be used; the message says what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError'
}

/** What an unfinished run has reported, on disk, so that the next one goes on from there. */
export interface Journal {
  /** By `externalId`, from runs before this one. */
  readonly known: ReadonlyMap<string, Acknowledged>
  /** Returns once the entries are on the disk. */
  append(entries: readonly Acknowledged[]): Promise<void>
  /** The run reached its end: the file goes, and the next run starts afresh. */
  finish(): Promise<void>
  /** Keeps the file for the next run. */
  close(): Promise<void>
}

/**
 * Opens the state file of an unfinished run, or begins one. `run` names what the file belongs to
 * (rules and API); a file of another run is refused. A line cut short by a crash is dropped: its
 * report is simply sent again.
 */
export async function openJournal(path: string, run: string): Promise<Journal> {
  const file = await open(path, 'a+').catch((cause: unknown) => {
    throw new JournalError(`cannot write the state file ${path}; check folder and rights`, {
      cause,
    })
  })
  try {
    const known = await readKnown(file, path, run)
    return {
      known,
      append: (entries) => write(file, entries),
      finish: async () => {
        await file.close()
        await rm(path, { force: true })
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readKnown(file: FileHandle, path: string, run: string) {
  const text = await file.readFile('utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  await file.truncate(Buffer.byteLength(whole))
  const lines = whole.split('\n').slice(0, -1)
  const [header, ...entries] = lines.map(parseJson)
  if (lines.length === 0) await write(file, [{ run }])
  else if (!isHeader.Check(header) || header.run !== run) {
    throw new JournalError(
      `${path} is not the state of this run (${run}); name another file, or delete it to start afresh`,
    )
  }
  const acknowledged = entries.filter((entry) => isAcknowledged.Check(entry))
  return new Map(acknowledged.map((entry) => [entry.externalId, entry]))
}

async function write(file: FileHandle, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return
  await file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  await file.datasync()
}
