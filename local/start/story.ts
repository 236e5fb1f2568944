import type { CaseSummary } from '../../contract/case.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { distance } from '../../cli/moments.js'
import { ROLES } from '../../domain/vocabulary.js'
import { wordsFor } from '../../wording/vocabulary.js'
import type { StackUrls } from '../stack.js'
import type { KeyRing } from '../world/key-ring.js'
import type { World } from '../world/open-world.js'
import type { Findings } from './settle-in.js'
import { VOLTBROOK } from './tenants.js'

const DUE_SHOWN = 5
const WIDTH = 80
const words = wordsFor('en')

/** What the first start has done, and one case to try. */
export function firstStory({ hp, voltbrook, featured }: Findings, world: World, keys: KeyRing) {
  const { newCase, answerUrl } = featured
  const { listing, signals } = newCase
  const { marketplace, listingId, title } = listing
  const seen = signals.map(
    ({ weight, observed }) => `${observed}${weight > 0 ? '' : ' (not counted)'}`,
  )
  return [
    `${hp.listings} real listings scanned. ${hp.acknowledged.length} look wrong; a marketplace cannot tell alone.`,
    'HP (demo tenant) has been asked.',
    '',
    `1  See one          ${world.shopPage(marketplace, listingId)}`,
    `                    ${title}`,
    ...seen.map((observed) => `                    - ${observed}`),
    '',
    `2  Answer it        as HP, by the link in the mail:`,
    `   ${answerUrl}`,
    `                    or by this command:`,
    ...curlLines(world.urls.api, featured, keys.brandMember).map((line) => `   ${line}`),
    '',
    `3  Watch it leave   ${world.urls.sandbox}/shop/${marketplace}`,
    '',
    `${voltbrook.acknowledged.length} chargers of Voltbrook, an invented brand, may be dangerous. Its clock runs by`,
    ...minutesClock(),
    'No finding about any seller: nobody has labelled these listings.',
  ].join('\n')
}

/** Where a later start goes on. */
export function laterStory(open: readonly CaseSummary[], nowMs: number): string {
  if (open.length === 0) return 'No open cases. Start over with: npm start -- --fresh'
  const due = open
    .flatMap(({ dueAt, ...one }) => (dueAt === null ? [] : [{ ...one, dueMs: Date.parse(dueAt) }]))
    .toSorted((a, b) => a.dueMs - b.dueMs)
  return [
    `${open.length} open cases go on where they were. Due next:`,
    ...due.slice(0, DUE_SHOWN).map(({ dueMs, phase, brandId, title }) => {
      const when = distance(dueMs - nowMs).padEnd(12)
      return `   ${when}  ${words.phases[phase]} · ${brandId} · ${title}`.slice(0, WIDTH)
    }),
  ].join('\n')
}

/** Where everything is, one key per role, and a link for each person. */
export function addresses(
  urls: StackUrls,
  keys: KeyRing,
  links: readonly { who: string; url: string }[],
): string {
  const places = [
    ['Portal', `${urls.api}/`],
    ['API', `${urls.api}/v1   described at ${urls.api}/docs`],
    ['Shop', `${urls.sandbox}/shop`],
    ['Mail', urls.inbox],
    ['Temporal UI', urls.temporalUi ?? `that of ${urls.temporalAddress}`],
  ]
  return [
    ...places.map(([name = '', place]) => `${name.padEnd(16)}${place}`),
    '',
    'API keys, one per role (brand keys are for HP):',
    ...ROLES.map((role) => `${role.padEnd(16)}${keys[role]}`),
    '',
    'Links to sign in, each for one person, once, within the hour (another: joint-force person',
    'sign-in-link <address>):',
    ...links.map(({ who, url }) => `${who.padEnd(34)}${url}`),
    '',
    'Ctrl-C stops everything; the next npm start goes on from there.',
  ].join('\n')
}

/** One command; its lines fit a terminal as far as the addresses do. */
function curlLines(
  apiUrl: string,
  { caseId, shownHash }: Pick<Findings['featured'], 'caseId' | 'shownHash'>,
  key: string,
): string[] {
  const answer = { verdict: 'counterfeit', shownHash, attestation: { accepted: true } }
  return [
    `curl -X POST '${apiUrl}/v1/cases/${caseId}/decision' \\`,
    `  -H 'authorization: Bearer ${key}' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(answer)}'`,
  ]
}

function minutesClock(): string[] {
  const { S1 } = VOLTBROOK.brand.policy.severities
  const minutes = (ms: number) => ms / MINUTE_MS
  const reminders = S1.brand.remindersMs.map(minutes).join(' and ')
  return [
    `minutes: reminders after ${reminders}; after ${minutes(S1.brand.windowMs)} they go to the account manager,`,
    `${minutes(S1.accountManager.windowMs)} later to the lead.`,
  ]
}
