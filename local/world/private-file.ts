import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parseJson } from '../../platform/parse-json.js'
import { makePrivateFolder } from '../stack/private-folder.js'
import { DataError } from './data-dir.js'

/** The JSON of a file as `schema` describes it; `null` when there is none. Throws `DataError`. */
export async function readJsonFile<Schema extends TSchema>(
  file: string,
  schema: Schema,
): Promise<Static<Schema> | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const content = parseJson(text)
  if (Value.Check(schema, content)) return content
  throw new DataError(
    `${file} cannot be used: it is damaged or of another version. Start over with: npm start -- --fresh`,
  )
}

/** Writes JSON that only this user may read. The file is either the old one or the new one. */
export function writePrivateJson(file: string, content: unknown): Promise<void> {
  return writePrivateText(file, `${JSON.stringify(content, null, 2)}\n`)
}

/** The same for a text. */
export async function writePrivateText(file: string, content: string): Promise<void> {
  await makePrivateFolder(path.dirname(file))
  const staging = `${file}.${process.pid}`
  await writeFile(staging, content, { mode: 0o600 })
  await rename(staging, file)
}
