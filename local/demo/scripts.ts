import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { NEVER_EXPIRING } from '../../domain/brand/policy.js'
import type { Verdict } from '../../domain/vocabulary.js'
import type { ReportedCase } from '../../monitor/new-case.js'

/** An answer somebody gives. */
export interface Answer {
  verdict: Verdict
  explanation?: string
  /** What the brand would have to know, with `needInfo`. */
  question?: string
  /** How the brand's answer was obtained, where staff gives it. */
  proof?: string
  allowList?: Record<string, never>
}

/** What happens to a case beside the service's own doing. Who is not named stays silent. */
export interface Script {
  /** What the table calls it. */
  title: string
  brand?: Answer & {
    /** The mail that is answered. */
    to: 'asked' | 'reminder'
    /** Answered in one request with all others of its kind. */
    together?: true
  }
  manager?: Answer
  lead?: Answer
  /** Why the account manager closes the case by hand once it is theirs. */
  closes?: string
  /** `down` until somebody clears it, `fails` every removal, or `refuses` for good. */
  marketplace?: 'down' | 'fails' | 'refuses'
  seller?: 'leavesWhileAsked' | 'leavesAfterConfirmation'
  monitor?: 'recallsRule' | 'withdraws'
}

const TEST_BUY = 'Test buy of 12 March, photographs of the goods in the file.'

/** Every way a case goes in the demo, and how it ends under the demo's policy. */
export const SCRIPTS = {
  markMisused: {
    title: 'brand: mark misused',
    brand: { to: 'asked', verdict: 'markMisuse' },
  },
  counterfeit: {
    title: 'brand: counterfeit',
    brand: { to: 'asked', verdict: 'counterfeit' },
  },
  afterReminder: {
    title: 'brand: counterfeit, after a reminder',
    brand: { to: 'reminder', verdict: 'counterfeit' },
  },
  genuine: {
    title: 'brand: genuine',
    brand: { to: 'asked', verdict: 'genuine' },
  },
  notIpMatter: {
    title: 'brand: not a matter of the mark',
    brand: { to: 'asked', verdict: 'notIpMatter', explanation: 'Empty or used goods.' },
  },
  authorised: {
    title: 'brand: authorised sellers, in one request',
    brand: { to: 'asked', verdict: 'authorisedSeller', allowList: {}, together: true },
  },
  unsure: {
    title: 'brand unsure, account manager with proof',
    brand: { to: 'asked', verdict: 'unsure' },
    manager: { verdict: 'counterfeit', proof: TEST_BUY },
  },
  managerDecides: {
    title: 'brand silent, account manager with proof',
    manager: { verdict: 'counterfeit', proof: 'The brand confirmed by telephone.' },
  },
  settled: {
    title: 'brand asks back, account manager closes',
    brand: { to: 'asked', verdict: 'needInfo', question: 'Is the seal unbroken?' },
    closes: 'The seller took the goods back and settled with the brand.',
  },
  leadReleases: {
    title: 'nobody answers, lead: price is no proof',
    lead: { verdict: 'insufficientEvidence', explanation: 'A low price alone proves nothing.' },
  },
  silent: {
    title: 'nobody answers',
  },
  ruleRecalled: {
    title: 'monitor recalls a rule',
    monitor: 'recallsRule',
  },
  withdrawn: {
    title: 'monitor takes the suspicion back',
    monitor: 'withdraws',
  },
  goneWhileAsked: {
    title: 'seller leaves while the brand is asked',
    brand: { to: 'reminder', verdict: 'counterfeit' },
    seller: 'leavesWhileAsked',
  },
  goneAfterConfirmation: {
    title: 'seller leaves after the confirmation',
    brand: { to: 'asked', verdict: 'counterfeit' },
    marketplace: 'fails',
    seller: 'leavesAfterConfirmation',
  },
  marketplaceDown: {
    title: 'marketplace down, account manager retries',
    brand: { to: 'asked', verdict: 'counterfeit' },
    marketplace: 'down',
  },
  marketplaceRefuses: {
    title: 'marketplace refuses, lead closes',
    brand: { to: 'asked', verdict: 'counterfeit' },
    marketplace: 'refuses',
  },
} as const satisfies Record<string, Script>
export type ScriptName = keyof typeof SCRIPTS

/** What plainly follows from a rule; anything else is left to chance. */
const BY_RULE: Readonly<Record<string, ScriptName>> = {
  'stated-empty-or-used': 'notIpMatter',
  'stated-expired': 'silent',
  'title-names-other-maker': 'markMisused',
  'type-says-compatible': 'genuine',
}

/** Chance takes these. Recalling a rule would take cases with it that have another script. */
const BY_CHANCE = (Object.keys(SCRIPTS) as ScriptName[]).filter((name) => name !== 'ruleRecalled')
/** Of the cases whose rule names a script, one in this many is left to chance all the same. */
const CHANCE_ALL_THE_SAME = 3

const FileSchema = Type.Record(Type.String(), Type.Array(Type.String()))

/** The scripts written for the listings of the sample, by listing id. */
export async function readWrittenScripts(): Promise<ReadonlyMap<string, ScriptName>> {
  const file = new URL('./scripts/hp664.json', import.meta.url)
  const groups: unknown = JSON.parse(await readFile(file, 'utf8'))
  if (!Value.Check(FileSchema, groups)) throw new Error(`${file.pathname} is not a file of scripts`)
  return new Map(
    Object.entries(groups).flatMap(([name, listingIds]) => {
      if (!isScriptName(name)) throw new Error(`${file.pathname}: there is no script "${name}"`)
      return listingIds.map((id): [string, ScriptName] => [id, name])
    }),
  )
}

/**
 * The script of a reported case: the one written for its listing; else what its rule suggests, or
 * what a hash of the listing id picks, so that every kind of answer occurs and a file plays the
 * same each time.
 */
export function scriptFor(
  { listing, signals, suspectedSeverity }: ReportedCase,
  written: ReadonlyMap<string, ScriptName>,
): ScriptName {
  const known = written.get(listing.listingId)
  if (known) return known
  const chance = createHash('sha256').update(listing.listingId).digest().readUInt32BE()
  const leading = signals.find(({ ruleId, weight }) => weight > 0 && ruleId in BY_RULE)
  const suggested =
    chance % CHANCE_ALL_THE_SAME > 0 && leading ? BY_RULE[leading.ruleId] : undefined
  const name = suggested ?? BY_CHANCE[chance % BY_CHANCE.length] ?? 'genuine'
  // Under no policy do these severities end by silence.
  return name === 'silent' && NEVER_EXPIRING.includes(suspectedSeverity) ? 'leadReleases' : name
}

function isScriptName(name: string): name is ScriptName {
  return Object.hasOwn(SCRIPTS, name)
}
