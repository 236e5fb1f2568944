import type { Role } from '../../domain/vocabulary.js'
import type { MonitorReport } from '../../monitor/run.js'
import type { CaseStats } from '../../store/store.js'
import type { StackUrls } from '../stack.js'
import type { DemoKeys } from './seed.js'

/** What the first start has done, and one case to try. */
export function firstStory(
  reports: readonly MonitorReport[],
  urls: StackUrls,
  keys: DemoKeys,
): string {
  const [hp, voltbrook] = reports
  const one = hp?.acknowledged.find(({ result }) => result === 'opened')
  const lines = [
    '',
    `${hp?.listings ?? 0} real listings scanned. ${hp?.cases ?? 0} look wrong; a marketplace cannot tell alone. HP (demo tenant) has been asked.`,
    `${voltbrook?.cases ?? 0} safety cases of an invented brand run on a clock of minutes: watch them escalate.`,
    'No finding about any seller: nobody has labelled these listings.',
  ]
  if (one) {
    const shop = `${urls.sandbox}/shop/mercado-livre`
    lines.push(
      '',
      `1  See one          ${shop}/${one.listingId}`,
      `2  Answer it        by the link in its mail (${urls.inbox}), or:`,
      `   curl -X POST '${urls.api}/v1/cases/${one.caseId}/decision' \\`,
      `     -H 'authorization: Bearer ${keys.brandMember}' -H 'content-type: application/json' \\`,
      `     -d '{"verdict":"counterfeit","attestation":{"accepted":true}}'`,
      `3  Watch it leave   ${shop}`,
    )
  }
  return lines.join('\n')
}

/** Where a later start goes on. */
export function nextStory(stats: CaseStats): string {
  const open = Object.entries(stats.openByPhase)
  const total = open.reduce((sum, [, n]) => sum + n, 0)
  const phases = open.map(([phase, n]) => `${n} ${phase}`).join(', ')
  return `\nGoing on with ${total} open cases (${phases || 'none'}), ${stats.overdue} overdue. Start over: npm start -- --fresh`
}

const ROLE_ORDER: readonly Role[] = [
  'monitor',
  'brandMember',
  'brandAdmin',
  'accountManager',
  'lead',
  'operator',
]

/** Where everything is, and one key per role. */
export function addresses(urls: StackUrls, keys: DemoKeys): string {
  return [
    '',
    `API           ${urls.api}/v1   (documentation: ${urls.api}/docs)`,
    `Shop          ${urls.sandbox}/shop`,
    `Mail          ${urls.inbox}`,
    `Temporal UI   ${urls.temporalUi ?? `of ${urls.temporalAddress}`}`,
    '',
    ...ROLE_ORDER.map((role) => `${role.padEnd(16)}${keys[role]}`),
    '',
    'Ctrl-C stops everything; the next start goes on where this one ended.',
  ].join('\n')
}
