import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { randomSuffix } from '../platform/digest.js'

/** Where files are kept under names that are made of hashes; written once, never changed. */
export interface FileStore {
  /** `null` when there is none. */
  read(name: string): Promise<Uint8Array | null>
  /** Whole or not at all. The same name has the same content, or a later account of the same thing. */
  write(name: string, bytes: Uint8Array | string): Promise<void>
}

/** Files in a folder, in parts by the first two characters of their names. */
export function createDiskStore(folder: string): FileStore {
  const placeOf = (name: string) => path.join(folder, name.slice(0, 2), name)
  return {
    async read(name) {
      try {
        return await readFile(placeOf(name))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    async write(name, bytes) {
      const place = placeOf(name)
      await mkdir(path.dirname(place), { recursive: true })
      const draft = `${place}.${randomSuffix()}`
      await writeFile(draft, bytes, { mode: 0o600 })
      await rename(draft, place)
    },
  }
}
