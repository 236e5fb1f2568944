import { runMonitor } from '../../monitor/run.js'
import { createApiClient } from '../../client/client.js'
import { until } from '../until.js'
import { openLetterbox } from '../world/letters.js'
import { type Account, drawUpAccount } from './account.js'
import type { PlayedCase } from './board.js'
import { askTemporal, type Workflows } from './case-cost.js'
import type { Demo } from './open-demo.js'
import { play } from './play.js'

/** To be said wherever the demo shows a result. */
export const NOTICE = 'Answers are scripted; no finding about any seller.'
const MAILS_SETTLE = { withinMs: 60_000, everyMs: 250 }

/** What a demo came to. */
export interface DemoResult {
  account: Account
  cases: PlayedCase[]
  /** What the monitor's second run over the same file opened and sent; nothing, if all is well. */
  again: { cases: number; mails: number }
}

/** Plays the story to its end and lets the monitor read the same file again. */
export async function runDemo(demo: Demo): Promise<DemoResult> {
  const { temporalAddress } = demo.world.urls
  const workflows = await askTemporal(temporalAddress, demo.world.env['TEMPORAL_NAMESPACE'] ?? '')
  try {
    return await Promise.race([tellStory(demo, workflows), demo.lost])
  } finally {
    await workflows.close()
  }
}

async function tellStory(demo: Demo, workflows: Workflows): Promise<DemoResult> {
  const { world, keys, listingsFile: source, rulePack, display } = demo
  const letterbox = openLetterbox(world.urls.inbox, world.secrets.ANSWER_TOKEN_SECRET)
  display.report('demo', NOTICE)
  display.report('demo', `mails: ${world.urls.inbox}`)
  display.report('demo', `shop:  ${world.urls.sandbox}/shop`)

  const startedAtMs = performance.now()
  const { report, cases } = await play(demo, letterbox)
  await untilMailsSettle(workflows)
  await letterbox.read()
  const account = await drawUpAccount({
    report,
    api: createApiClient(world.urls.api, keys.operator),
    sandbox: world.sandbox,
    costs: await workflows.costs(),
    mails: letterbox.count(),
    wallMs: Math.round(performance.now() - startedAtMs),
  })
  const second = await runMonitor({
    source,
    rulePack,
    api: { url: world.urls.api, key: keys.monitor },
    listingUrl: (marketplace, listingId) => world.shopPage(marketplace, listingId),
  })
  await untilMailsSettle(workflows)
  const again = { cases: second.cases, mails: (await letterbox.read()).length }
  display.report('monitor', `the same file again: ${again.cases} new cases, ${again.mails} mails`)
  return { account, cases, again }
}

async function untilMailsSettle(workflows: Workflows): Promise<void> {
  const areSent = async () => !(await workflows.areMailsPending())
  await until('all mails are sent', areSent, MAILS_SETTLE)
}
