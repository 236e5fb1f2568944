import type { RulePack } from '../../monitor/rule-pack.js'
import type { Ports } from '../stack/ports.js'
import { createApiClient } from '../../client/client.js'
import { type KeyRing, openKeyRing } from '../world/key-ring.js'
import { openWorld, type World } from '../world/open-world.js'
import { addPeople } from '../world/people.js'
import { reviver } from '../world/revive.js'
import type { Display } from './display.js'
import { stockShops, type Survey } from './listings.js'
import { DEMO_BRAKE, DEMO_MAIL_TIMING, DEMO_POLICY } from './policy.js'

export interface DemoOptions {
  /** Empty or absent: the demo always starts from nothing. */
  dataDir: string
  ports: Ports
  /** Listings, one JSON object a line (`samples/README.md`). */
  listingsFile: string
  /** Of that file, with at least one case. */
  survey: Survey
  rulePack: RulePack
  display: Display
}

/** Everything and everybody the demo needs, with the listings in their shops. */
export interface Demo extends DemoOptions {
  world: World
  keys: KeyRing
  /** Rejects when a process could not be started again; the demo cannot go on then. */
  lost: Promise<never>
}

/**
 * Brings a world of the demo's own up, to be stopped after use. What ends by itself is started
 * again. Throws what `openWorld` throws; nothing is left running then.
 */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const { dataDir, ports, survey, display } = options
  let lose: (reason: Error) => void = () => undefined
  const lost = new Promise<never>((_, reject) => {
    lose = reject
  })
  // Whoever waits for it gets the reason all the same.
  lost.catch(() => undefined)
  const world = await openWorld({
    dataDir,
    ports,
    progress: display,
    marketplaces: survey.marketplaces.map((id) => ({ id, name: id })),
    // Everybody's part is played from this one address.
    env: { ...DEMO_MAIL_TIMING, RATE_LIMIT_PER_MINUTE: '0', POLICY_MIN_WINDOW_MS: '1000' },
    onUnexpectedExit: reviver(display, (name, reason) => {
      lose(new Error(`${name} does not come back: ${reason}\nThe logs are in ${dataDir}/logs.`))
    }),
  })
  try {
    const keys = await Promise.race([settle(options, world), lost])
    return { ...options, world, keys, lost }
  } catch (error) {
    await world.stop()
    throw error
  }
}

/** Everybody who takes part, and the listings in their shops. */
async function settle(options: DemoOptions, world: World): Promise<KeyRing> {
  const { survey, dataDir, listingsFile } = options
  const { brands } = survey.report
  const brandIds = brands.map(({ brandId }) => brandId)
  const keys = await openKeyRing({
    dataDir,
    apiUrl: world.urls.api,
    mongodbUri: world.urls.mongodb,
    brandIds,
    marketplaces: survey.marketplaces,
  })
  const newBrands = brands.map(({ brandId, name }) => ({
    brandId,
    name,
    policy: DEMO_POLICY,
    brake: DEMO_BRAKE,
    contact: {
      contactId: 'brand-protection',
      name: `${name} brand protection (demo)`,
      email: `${brandId}@brands.example`,
    },
  }))
  await addPeople(createApiClient(world.urls.api, keys.operator), newBrands)
  await stockShops(listingsFile, world.sandbox)
  return keys
}
