import { ApiRefusal, ApiUnreachable } from '../../client/errors.js'
import type { Winner } from '../../contract/problem-schema.js'
import type { ProblemCode } from '../../contract/problems.js'
import type { PortalWord } from '../../wording/portal-words.js'

/** What went wrong, for people: a sentence of ours, and the service's own words where we have none. */
export interface Trouble {
  word: PortalWord
  /** In English, as the API says it; only where `word` alone would not help. */
  detail?: string
  /** Whose decision stands, where that is why. */
  winner?: Winner
}

/** Problems that people meet, in their language. */
const WORDS: Partial<Record<ProblemCode, PortalWord>> = {
  unauthenticated: 'trouble.signedOut',
  'sign-in-refused': 'trouble.signInRefused',
  'provider-unavailable': 'trouble.providerAway',
  'missing-scope': 'trouble.notYours',
  'beyond-reach': 'trouble.notYours',
  'not-allowed-for-role': 'trouble.notYours',
  'brand-inactive': 'trouble.brandInactive',
  'not-found': 'trouble.notFound',
  'already-decided': 'trouble.alreadyDecided',
  'listing-changed': 'trouble.listingChanged',
  'case-closed': 'trouble.caseClosed',
  'case-superseded': 'trouble.superseded',
  'still-opening': 'trouble.stillOpening',
  'not-allowed-now': 'trouble.notNow',
  'stale-revision': 'trouble.stale',
  'last-admin': 'trouble.lastAdmin',
  'already-exists': 'trouble.exists',
  'too-many-keys': 'trouble.tooManyKeys',
  'rate-limited': 'trouble.tooOften',
  overloaded: 'trouble.busy',
  'no-answer-in-time': 'trouble.busy',
  'record-unavailable': 'trouble.busy',
  'workflows-unavailable': 'trouble.busy',
  'case-interrupted': 'trouble.busy',
}

/** What an error of a request means. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiUnreachable) return { word: 'trouble.unreachable' }
  if (!(error instanceof ApiRefusal)) return { word: 'trouble.unexpected' }
  return troubleOfProblem(error.problem)
}

/** What a problem document means, such as that of one item of a batch. */
export function troubleOfProblem(problem: Readonly<Record<string, unknown>>): Trouble {
  const { code, detail, winner } = problem
  const word = WORDS[code as ProblemCode]
  const first = winner ? { winner: winner as Winner } : {}
  if (word) return { word, ...first }
  return { word: 'trouble.refused', ...first, ...(typeof detail === 'string' ? { detail } : {}) }
}

/** True when nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiRefusal && error.status === 401
}
