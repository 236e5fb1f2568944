import { createHash } from 'node:crypto'
import {
  DAY_MS,
  DEFAULT_CALENDAR,
  HOUR_MS,
  workingIntervals,
} from '../../../domain/brand/calendar.js'
import { effortHappenings } from '../../../domain/case/stopping.js'
import type { Severity, Verdict } from '../../../domain/vocabulary.js'
import { dueHappenings } from '../../../domain/case/waiting/due.js'
import {
  answerCase,
  askedAbout,
  type BuiltCase,
  buildCaller,
  buildCase,
  buildDecision,
  buildParties,
  buildPolicySnapshot,
  continueCase,
} from '../../../test/builders/case.js'
import { priceBand, titleShape } from '../../../domain/listing/likeness.js'
import { reportOf } from '../reports.js'

/** The brand with four cases in ten, and one of thirty with two in a hundred each. */
export const LARGE_BRAND = 'northwind'
export const SMALL_BRAND = 'brand-3'
export const MARKETPLACES = ['market-1', 'market-2', 'market-3'] as const
/** Who looks after the large brand, and who after two of the small ones. */
export const BUSY_MANAGER = 'manager-0'
export const OTHER_MANAGER = 'manager-4'
/** In the title of every fifth listing. */
export const COMMON_WORD = 'messenger'

const PICTURES = 40
/** Of a common picture, title and price: what many open cases are alike in. */
export const COMMON_PICTURE = pictureOf(0)
export const COMMON_SHAPE = titleShape(reportOf(0).listing.title)
export const COMMON_BAND = priceBand({ price: priceOf(0) }) ?? ''

const SMALL_BRANDS = 30
const OTHER_MANAGERS = 15
const RECENT_DAYS = 14
const SPAN_DAYS = 90
const SELLERS = 400

/**
 * Case number `index` with its whole record, as the service would have written it over the last 90
 * days. Of the cases of two weeks most are open, of the older ones few; the mixture is the same at
 * every size, so that only the number differs.
 */
export function recordOf(index: number, now: number): BuiltCase {
  const dice = diceOf(index)
  const ageMs = dice() * SPAN_DAYS * DAY_MS
  const openedAt = Math.floor(now - ageMs)
  const brand = dice() < 0.4 ? -1 : Math.floor(dice() * SMALL_BRANDS)
  const opened = openedCase(index, openedAt, brand, severityOf(dice()), dice)
  const isOpen = dice() < (ageMs < RECENT_DAYS * DAY_MS ? 0.8 : 0.08)
  return isOpen ? stillOpen(opened, dice, now) : ended(opened, dice, now)
}

function openedCase(
  index: number,
  at: number,
  brand: number,
  severity: Severity,
  dice: () => number,
): BuiltCase {
  const { externalId, listing, ...report } = reportOf(index)
  const brandId = brand < 0 ? LARGE_BRAND : `brand-${brand}`
  const marketplace = pick(MARKETPLACES, dice())
  const intervals = intervalsFrom(at)
  const title = dice() < 0.2 ? listing.title.replace('shoulder', COMMON_WORD) : listing.title
  const shop = { ...listing.seller, id: `shop-${Math.floor(dice() * SELLERS)}` }
  return buildCase({
    at,
    sighting: {
      ...report,
      sightingId: `list-${externalId}`,
      brandId,
      suspectedSeverity: severity,
      listing: {
        ...{ ...listing, marketplace, title, seller: shop },
        price: priceOf(index),
        pictures: [{ sha256: pictureOf(index) }],
      },
    },
    facts: {
      kind: 'ask',
      parties: buildParties({
        brandName: brandId,
        accountManagerId: `manager-${brand < 0 ? 0 : 1 + (brand % OTHER_MANAGERS)}`,
        leadId: 'lead-0',
      }),
      policy: buildPolicySnapshot({
        workingTime: { brand: intervals, accountManager: intervals, lead: intervals },
      }),
      previousCaseId: null,
    },
  })
}

/** Half wait for their brand, the others for whoever comes after it, or for the marketplace. */
function stillOpen(opened: BuiltCase, dice: () => number, now: number): BuiltCase {
  const chance = dice()
  if (chance < 0.5) return opened
  if (chance < 0.6) return decided(opened, 'counterfeit', now)
  const wanted = chance < 0.8 ? 'awaitingAccountManager' : 'needsAttention'
  return untilPhase(opened, (phase) => phase === wanted || phase === 'closed')
}

function ended(opened: BuiltCase, dice: () => number, now: number): BuiltCase {
  const at = Math.min(now, opened.state.openedAt + Math.floor(dice() * 3 * DAY_MS))
  const chance = dice()
  if (chance < 0.6) {
    const confirmed = decided(opened, 'counterfeit', at)
    const removed = { kind: 'removed', takedownId: `td-${opened.caseId}`, removedAt: at } as const
    return continueCase(confirmed, effortHappenings(confirmed.state, removed, at), at)
  }
  return decided(opened, chance < 0.9 ? 'genuine' : 'notIpMatter', at)
}

function decided(built: BuiltCase, verdict: Verdict, at: number): BuiltCase {
  const { brandId } = built.state
  const caller = buildCaller({ brandIds: [brandId] })
  const message = buildDecision({ ...askedAbout(built), verdict, caller })
  return answerCase(built, { name: 'decide', message }, at)
}

/** Lets windows pass without an answer. */
function untilPhase(built: BuiltCase, isWanted: (phase: string) => boolean): BuiltCase {
  let current = built
  for (let step = 0; step < 12 && !isWanted(current.state.phase); step++) {
    const due = current.state.wait?.dueAt
    if (due === undefined) return current
    current = continueCase(current, dueHappenings(current.state, due), due)
  }
  return current
}

function severityOf(chance: number): Severity {
  if (chance < 0.03) return 'S1'
  if (chance < 0.6) return 'S2'
  return chance < 0.9 ? 'S3' : 'S4'
}

const intervalsByDay = new Map<number, ReturnType<typeof workingIntervals>>()

/** The calendar from the day of `at` on, read once a day. */
function intervalsFrom(at: number): ReturnType<typeof workingIntervals> {
  const day = Math.floor(at / DAY_MS)
  const known =
    intervalsByDay.get(day) ?? workingIntervals(DEFAULT_CALENDAR, day * DAY_MS - HOUR_MS)
  intervalsByDay.set(day, known)
  return known
}

/** Numbers from 0 to 1 that are the same in every run. */
function diceOf(index: number): () => number {
  const bytes = createHash('sha512').update(`case ${index}`).digest()
  let at = 0
  return () => bytes.readUInt32LE((at++ % 16) * 4) / 2 ** 32
}

function pictureOf(index: number): string {
  return createHash('sha256')
    .update(`picture ${index % PICTURES}`)
    .digest('hex')
}

function priceOf(index: number): { amount: number; currency: string } {
  return { amount: 99 + 25 * (index % 20), currency: 'CNY' }
}

function pick<T>(items: readonly T[], chance: number): T {
  const item = items[Math.floor(chance * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
