import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { KNOWLEDGE, type Knowledge, unknownOf } from '../domain/release/release.js'
import { messageOf } from '../platform/message-of.js'
import type { ReleaseInUse, Releases } from '../store/store.js'

const LOOK_EVERY_MS = 2_000
const LOOK_AGAIN_MS = 10_000

/** The database needs a later release than this one. */
class EarlierRelease extends Error {
  override name = 'EarlierRelease'
}

/** What new cases and runs may use. */
export interface InUse {
  /** The rules a new case takes: a version that every release that may be at work knows. */
  newCaseRules: () => number
  /** Whether a run that meets this patch for the first time takes it. */
  isPatchOn: (patch: string) => boolean
  /** Looks no more. */
  stop: () => void
}

/** Throws `EarlierRelease`, with what to do, unless a release that knows `known` may be at work. */
export function assertKnown(inUse: ReleaseInUse | null, known: Knowledge = KNOWLEDGE): void {
  const unknown = inUse && unknownOf(inUse, known)
  if (!unknown) return
  throw new EarlierRelease(
    `open cases need what this release does not know (${unknown}); start the release ` +
      `${inUse.buildId} or a later one (docs/operations.md, Rolling back)`,
  )
}

/**
 * What `migrate` has recorded; waits for it, and for the database. It is looked at again every ten
 * seconds: a patch or rule that nobody has recorded is not used, so that whoever reads the record
 * knows all that is. Throws `EarlierRelease`.
 */
export async function releaseInUse(
  releases: Releases,
  log: Pick<Logger, 'warn'>,
  known: Knowledge = KNOWLEDGE,
): Promise<InUse> {
  let said = ''
  const look = async () => {
    const found = await releases.inUse().catch(messageOf)
    const trouble = typeof found === 'string' ? found : found ? '' : 'migrate has not run'
    if (trouble !== said && trouble !== '') log.warn({ trouble }, 'cannot see what is in use')
    said = trouble
    return typeof found === 'string' ? null : found
  }
  let latest = await look()
  while (!latest) {
    await setTimeout(LOOK_EVERY_MS)
    latest = await look()
  }
  assertKnown(latest, known)
  let current = latest
  const timer = setInterval(
    () => void look().then((found) => (current = found ?? current)),
    LOOK_AGAIN_MS,
  )
  timer.unref()
  return {
    newCaseRules: () => Math.min(current.newCaseRules, known.rulesVersion),
    isPatchOn: (patch) => current.patches.includes(patch) && !current.patchesOff.includes(patch),
    stop: () => clearInterval(timer),
  }
}
