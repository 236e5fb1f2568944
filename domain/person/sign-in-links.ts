import { DAY_MS, HOUR_MS, MINUTE_MS } from '../brand/calendar.js'
import type { SignInLinkKind } from '../vocabulary.js'

/** How long each kind of link lets its person in, once. */
export const LINK_LIFE_MS = {
  asked: 15 * MINUTE_MS,
  invitation: 14 * DAY_MS,
  handed: HOUR_MS,
} as const satisfies Record<SignInLinkKind, number>

/** Wrong codes that a link takes before it is spent: 5 in a million. */
export const CODE_TRIES = 5

/** Mails with a link that one person is sent within the life of the first; what is asked beyond is not. */
export const LINKS_AT_ONCE = 5
