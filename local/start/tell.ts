import path from 'node:path'
import { Type } from 'typebox'
import { createApiClient } from '../../client/client.js'
import { type KeyRing, openKeyRing } from '../world/key-ring.js'
import type { World } from '../world/open-world.js'
import { readJsonFile, writePrivateJson } from '../world/private-file.js'
import { writeOperatorEnv } from './operator-env.js'
import { linksForAll } from './people.js'
import { settleIn } from './settle-in.js'
import { addresses, firstStory, laterStory } from './story.js'
import { HP, VOLTBROOK } from './tenants.js'

const MarkerSchema = Type.Object({ firstStartDoneAt: Type.String() })

/**
 * Prints what there is to see. The first start of a data folder loads the tenants and their
 * listings; one that was cut short goes on with that.
 */
export async function tell(world: World, dataDir: string): Promise<void> {
  const keys = await openKeyRing({
    dataDir,
    apiUrl: world.urls.api,
    mongodbUri: world.urls.mongodb,
    brandIds: [HP.brand.brandId],
    marketplaces: [HP.marketplace.id, VOLTBROOK.marketplace.id],
  })
  const envFile = path.relative(process.cwd(), await writeOperatorEnv(dataDir, world, keys))
  const told = await story(world, dataDir, keys)
  const links = await linksForAll(world.urls)
  const operate = `Operate it         . ${envFile} && npm run -s joint-force -- stuck list`
  console.log(`\n${told}\n\n${operate}\n\n${addresses(world.urls, keys, links)}`)
}

async function story(world: World, dataDir: string, keys: KeyRing): Promise<string> {
  const marker = path.join(dataDir, 'first-start.json')
  if (await readJsonFile(marker, MarkerSchema)) {
    const open = await createApiClient(world.urls.api, keys.operator).cases({ open: true })
    return laterStory(open, Date.now())
  }
  const text = firstStory(await settleIn(world, keys), world, keys)
  await writePrivateJson(marker, { firstStartDoneAt: new Date().toISOString() })
  return text
}
