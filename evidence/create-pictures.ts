import { createDiskStore } from './file-store.js'
import { createGuardedSource } from './guarded-source.js'
import { createPictures, type Pictures } from './pictures.js'
import { PictureUnavailable } from './unavailable.js'

/** Pictures in `folder`, fetched from the internet and from `localOrigins`; without a folder there are none. */
export function openPictures({
  folder,
  localOrigins,
  now,
}: {
  folder: string
  localOrigins: readonly string[]
  now: () => number
}): Pictures & { close(): Promise<void> } {
  if (folder === '') {
    const none = () => Promise.reject(new PictureUnavailable('PICTURES_DIR is not set'))
    const nothing = { factsOf: () => Promise.resolve(null), close: () => Promise.resolve() }
    return { read: none, keep: none, keepFrom: none, ...nothing }
  }
  const source = createGuardedSource({ localOrigins })
  return { ...createPictures(createDiskStore(folder), source, now), close: () => source.close() }
}
