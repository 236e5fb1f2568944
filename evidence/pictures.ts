import { sha256Hex } from '../platform/digest.js'
import type { FileStore } from './file-store.js'
import type { PictureSource } from './guarded-source.js'
import { makePicture, type PictureFacts, type PictureSize } from './picture.js'
import { PictureUnavailable } from './unavailable.js'

const FETCHES_AT_ONCE = 4
const FETCHES_WAITING = 200
/** How long a picture that could not be had is not asked for again. */
const FAILURE_MS = 600_000
const MAX_FAILURES = 5_000
/** What an address shows instead of the picture that was reported is looked at again after so long. */
const OTHER_MS = 86_400_000
const URLS_TRIED = 3

/** A picture as it is kept. */
export interface KeptPicture {
  /** JPEG. */
  bytes: Uint8Array
  facts: PictureFacts
}

/** Pictures of listings, fetched when they are first looked at, and of genuine products, kept when they are given. */
export interface Pictures {
  /** What is known of one that is kept; `null` of one that is not. */
  factsOf(sha256: string): Promise<PictureFacts | null>
  /** Draws a picture anew that somebody sent, and keeps it. Throws `PictureUnavailable` for what is none. */
  keep(bytes: Uint8Array): Promise<PictureFacts>
  /** The same of one that is behind an address; fetched again each time. Throws `PictureUnavailable`. */
  keepFrom(url: string): Promise<PictureFacts>
  /**
   * What is behind the addresses: the picture whose bytes have this hash where one of them has it, else
   * the first there is (`facts.sha256` tells). Throws `PictureUnavailable`.
   */
  read(
    reported: { sha256: string; urls: readonly string[] },
    size: PictureSize,
  ): Promise<KeptPicture>
}

interface Found {
  sha256: string
  at: number
}

/** Fetches each once, however many look at it, and keeps it for good. `now` gives epoch milliseconds. */
export function createPictures(
  files: FileStore,
  source: Pick<PictureSource, 'fetch'>,
  now: () => number,
): Pictures {
  const fetching = new Map<string, Promise<string>>()
  const failures = new Map<string, { error: PictureUnavailable; at: number }>()
  const waiting: (() => void)[] = []
  let running = 0

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= FETCHES_AT_ONCE) {
      if (waiting.length >= FETCHES_WAITING) throw new PictureUnavailable('too many are asked for')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  async function keepNow(bytes: Uint8Array): Promise<PictureFacts> {
    const { facts, images } = await makePicture(bytes)
    const { sha256 } = facts
    await files.write(imageName(sha256, 'thumbnail'), images.thumbnail)
    await files.write(imageName(sha256, 'large'), images.large)
    // Last, as what says that the others are there.
    await files.write(factsName(sha256), JSON.stringify(facts))
    return facts
  }

  /** Keeps what is behind the address; the hash of its bytes. */
  async function fetchNow(url: string): Promise<string> {
    const { sha256 } = await keepNow(await source.fetch(url))
    await files.write(foundName(url), JSON.stringify({ sha256, at: now() } satisfies Found))
    return sha256
  }

  function fetchOnce(url: string): Promise<string> {
    const failed = failures.get(url)
    if (failed && now() - failed.at < FAILURE_MS) return Promise.reject(failed.error)
    const running = fetching.get(url)
    if (running) return running
    const fetched = inTurn(() => fetchNow(url))
      .catch((error: unknown) => {
        if (error instanceof PictureUnavailable) remember(url, error)
        throw error
      })
      .finally(() => fetching.delete(url))
    fetching.set(url, fetched)
    return fetched
  }

  function remember(url: string, error: PictureUnavailable): void {
    failures.delete(url)
    failures.set(url, { error, at: now() })
    const [oldest] = failures.keys()
    if (failures.size > MAX_FAILURES && oldest !== undefined) failures.delete(oldest)
  }

  async function json<T>(name: string): Promise<T | null> {
    const bytes = await files.read(name)
    return bytes && (JSON.parse(Buffer.from(bytes).toString()) as T)
  }

  async function kept(sha256: string, size: PictureSize): Promise<KeptPicture | null> {
    const facts = await json<PictureFacts>(factsName(sha256))
    const bytes = facts && (await files.read(imageName(sha256, size)))
    return bytes && { bytes, facts }
  }

  /** What the address shows: as it was seen lately, or now. */
  async function shownAt(url: string): Promise<string> {
    const found = await json<Found>(foundName(url))
    return found && now() - found.at < OTHER_MS ? found.sha256 : fetchOnce(url)
  }

  return {
    factsOf: (sha256) => json<PictureFacts>(factsName(sha256)),
    keep: (bytes) => inTurn(() => keepNow(bytes)),
    keepFrom: (url) => inTurn(async () => keepNow(await source.fetch(url))),
    async read({ sha256, urls }, size) {
      const asReported = await kept(sha256, size)
      if (asReported) return asReported
      let other: KeptPicture | null = null
      let failure: unknown = new PictureUnavailable('the report names no address of it')
      for (const url of urls.slice(0, URLS_TRIED)) {
        try {
          const shown = await shownAt(url)
          const picture = await kept(shown, size)
          if (picture && shown === sha256) return picture
          other ??= picture
        } catch (error) {
          failure = error
        }
      }
      if (other) return other
      throw failure
    },
  }
}

function imageName(sha256: string, size: PictureSize): string {
  return `${sha256}.${size}.jpg`
}

function factsName(sha256: string): string {
  return `${sha256}.json`
}

/** Addresses are long and say whom they are of: by their hash. */
function foundName(url: string): string {
  return `${sha256Hex(url)}.at.json`
}
