import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { SEVERITIES } from '../../domain/vocabulary.js'
import type { ReportedCase } from '../../monitor/new-case.js'
import { type MonitorReport, runMonitor } from '../../monitor/run.js'
import { REPOSITORY_DIR } from '../provision/context.js'
import { createApiClient } from '../../client/client.js'
import type { KeyRing } from '../world/key-ring.js'
import { openLetterbox } from '../world/letters.js'
import { until } from '../until.js'
import type { World } from '../world/open-world.js'
import { withPictures } from '../world/pictured.js'
import { addPeople } from '../world/people.js'
import { invitePeople } from './people.js'
import { addReferences } from './references.js'
import { HP, type Tenant, VOLTBROOK } from './tenants.js'

/** A case for the reader to answer, with the link its brand got by mail. */
export interface Featured {
  caseId: string
  newCase: ReportedCase
  answerUrl: string
  /** Names the listing as the brand is shown it. */
  shownHash: string
}

/** What the first start found in the sample listings. */
export interface Findings {
  hp: MonitorReport
  voltbrook: MonitorReport
  featured: Featured
}

const MAIL_WAIT = { withinMs: 120_000, everyMs: 250 }

/**
 * Adds the tenants, puts their listings into the shops and reports what looks wrong. Everything in
 * it may be done again: what is there already stays as it is.
 */
export async function settleIn(world: World, keys: KeyRing): Promise<Findings> {
  const operator = createApiClient(world.urls.api, keys.operator)
  await addPeople(operator, [HP.brand, VOLTBROOK.brand])
  await invitePeople(operator)
  await addReferences(world, keys.operator)
  const reported = new Map<string, ReportedCase>()
  const hp = await scan(HP, world, keys, (newCase) =>
    reported.set(newCase.listing.listingId, newCase),
  )
  const voltbrook = await scan(VOLTBROOK, world, keys)
  const caseOf = new Map(
    hp.acknowledged.flatMap(({ caseId, listingId }) => {
      const newCase = reported.get(listingId)
      return newCase ? [[caseId, newCase] as const] : []
    }),
  )
  const strongest = await strongestAsked(world, caseOf)
  const { shownHash } = (await operator.readCase(strongest.caseId)) ?? {}
  if (!shownHash) throw new Error(`${strongest.caseId} was asked about and cannot be read`)
  return { hp, voltbrook, featured: { ...strongest, shownHash } }
}

async function scan(
  { marketplace, listingsFile, rulePack }: Tenant,
  world: World,
  keys: KeyRing,
  onSuspicious?: (newCase: ReportedCase) => void,
): Promise<MonitorReport> {
  const file = await readFile(path.join(REPOSITORY_DIR, listingsFile), 'utf8')
  const lines = await withPictures(file, world.shopPicture)
  await world.sandbox.loadListings(marketplace.id, lines.join('\n'))
  return runMonitor({
    source: Readable.from(lines),
    rulePack,
    api: { url: world.urls.api, key: keys.monitor },
    listingUrl: (marketplaceId, listingId) => world.shopPage(marketplaceId, listingId),
    onProgress: (event) => {
      if (event.kind === 'suspicious') onSuspicious?.(event.newCase)
    },
  })
}

/** Of the cases the first mail shows: the most severe, and of these the one with most against it. */
async function strongestAsked(
  { urls, secrets }: World,
  cases: ReadonlyMap<string, ReportedCase>,
): Promise<Omit<Featured, 'shownHash'>> {
  const letterbox = openLetterbox(urls.inbox, secrets.ANSWER_TOKEN_SECRET)
  return until(
    'the first mail reaches the brand',
    async () => {
      const links = (await letterbox.read()).flatMap((letter) => letter.links)
      const shown = links.flatMap(({ caseId, url }) => {
        const newCase = cases.get(caseId)
        return newCase ? [{ caseId, newCase, answerUrl: url }] : []
      })
      return shown.toSorted((a, b) => rankOf(b) - rankOf(a))[0]
    },
    { ...MAIL_WAIT, standing: () => "see worker.log in the data folder's logs" },
  )
}

function rankOf({ newCase: { suspectedSeverity, score } }: Pick<Featured, 'newCase'>): number {
  return score - 1_000 * SEVERITIES.indexOf(suspectedSeverity)
}
