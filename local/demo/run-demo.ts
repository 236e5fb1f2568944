import { setTimeout as delay } from 'node:timers/promises'
import type { RulePack } from '../../monitor/rule-pack.js'
import { runMonitor } from '../../monitor/run.js'
import type { Ports } from '../stack/ports.js'
import { createApiClient } from '../world/api-client.js'
import { openKeyRing } from '../world/key-ring.js'
import { openLetterbox } from '../world/letters.js'
import { openWorld, type World } from '../world/open-world.js'
import { addPeople } from '../world/people.js'
import { type Account, drawUpAccount } from './account.js'
import { askTemporal, type Workflows } from './case-cost.js'
import type { Display } from './display.js'
import { stockShops, type Survey, surveyListings } from './listings.js'
import { play } from './play.js'
import { DEMO_MAIL_TIMING, DEMO_POLICY } from './policy.js'
import { accountInWords, outcomeTable } from './table.js'

export interface DemoOptions {
  /** Empty or absent: the demo always starts from nothing. */
  dataDir: string
  ports: Ports
  /** Listings, one JSON object a line (`samples/README.md`). */
  listingsFile: string
  rulePack: RulePack
  display: Display
  /** The account as one line of JSON instead of tables. */
  json: boolean
}

const NOTICE = 'Answers are scripted; no finding about any seller.'
const MAILS_SETTLE_MS = 60_000

/** Brings a stack up, plays the story to its end, prints what it came to, and stops the stack. */
export async function runDemo(options: DemoOptions): Promise<Account> {
  const { dataDir, ports, listingsFile, rulePack, display, json } = options
  const survey = await surveyListings(listingsFile, rulePack)
  const world = await openWorld({
    ...{ dataDir, ports, progress: display },
    marketplaces: survey.marketplaces.map((id) => ({ id, name: id })),
    // Everybody's part is played from this one address.
    env: { ...DEMO_MAIL_TIMING, RATE_LIMIT_PER_MINUTE: '0' },
    onUnexpectedExit: (name, reason) => display.report(name, `ended by itself: ${reason}`),
  })
  const workflows = await askTemporal(
    world.urls.temporalAddress,
    world.env['TEMPORAL_NAMESPACE'] ?? '',
  )
  try {
    const keys = await settle(options, survey, world)
    const letterbox = openLetterbox(world.urls.inbox, world.secrets.ANSWER_TOKEN_SECRET)
    display.report('demo', `${NOTICE} Watch: ${world.urls.inbox} · ${world.urls.sandbox}/shop`)

    const startedAtMs = performance.now()
    const { report, cases } = await play({
      world,
      keys,
      letterbox,
      listingsFile,
      rulePack,
      display,
    })
    await untilMailsSettle(workflows)
    await letterbox.read()
    const account = await drawUpAccount({
      ...{ report, api: createApiClient(world.urls.api, keys.operator), sandbox: world.sandbox },
      costs: await workflows.costs(),
      mails: letterbox.count(),
      wallMs: Math.round(performance.now() - startedAtMs),
    })
    const again = await runMonitor({
      ...{ source: listingsFile, rulePack },
      api: { url: world.urls.api, key: keys.monitor },
      listingUrl: (marketplace, listingId) => world.shopPage(marketplace, listingId),
    })
    await untilMailsSettle(workflows)
    const newMails = (await letterbox.read()).length
    const second = `the same file again: ${again.cases} new cases, ${newMails} mails`
    display.report('monitor', second)
    display.print(
      json
        ? JSON.stringify(account)
        : `\n${outcomeTable(cases)}\n\n${accountInWords(account)}\nThe monitor read ${second}.\n${NOTICE}`,
    )
    return account
  } finally {
    await workflows.close()
    await world.stop()
  }
}

/** Everybody who takes part, and the listings in their shops. */
async function settle(options: DemoOptions, survey: Survey, world: World) {
  const brandIds = survey.brands.map(({ brandId }) => brandId)
  const keys = await openKeyRing({
    ...{ dataDir: options.dataDir, apiUrl: world.urls.api, mongodbUri: world.urls.mongodb },
    ...{ brandIds, marketplaces: survey.marketplaces },
  })
  const brands = survey.brands.map(({ brandId, name }) => ({
    ...{ brandId, name, policy: DEMO_POLICY },
    contact: {
      ...{ contactId: 'brand-protection', name: `${name} brand protection (demo)` },
      email: `${brandId}@brands.example`,
    },
  }))
  await addPeople(createApiClient(world.urls.api, keys.operator), brands)
  await stockShops(options.listingsFile, world.sandbox)
  return keys
}

async function untilMailsSettle(workflows: Workflows): Promise<void> {
  const deadlineMs = performance.now() + MAILS_SETTLE_MS
  while (await workflows.areMailsPending()) {
    if (performance.now() > deadlineMs) {
      throw new Error(`After ${MAILS_SETTLE_MS / 1000} s mails are still waiting to be sent.`)
    }
    await delay(250)
  }
}
