import fc from 'fast-check'
import type { Caller } from '../../../domain/case/message/caller.js'
import type { Refusal } from '../../../domain/case/message/reply.js'
import {
  INFRINGING_VERDICTS,
  type MessageName,
  NOTE_AUDIENCES,
  NOTICE_KINDS,
  ROLES,
  SEVERITIES,
  VERDICTS,
} from '../../../domain/vocabulary.js'
import { asyncDecisionHappenings } from '../../../domain/case/handling.js'
import { allowedMessages } from '../../../domain/case/refusing.js'
import {
  listingGoneHappenings,
  type ListingStanding,
  standingHappenings,
} from '../../../domain/case/listing-gone.js'
import { sightingHappenings } from '../../../domain/listing/sightings.js'
import { shownListing, snapshotHash } from '../../../domain/case/shown.js'
import type { CaseState } from '../../../domain/case/state.js'
import { noticeFailedHappenings } from '../../../domain/notice/unreachable.js'
import { MONITOR } from '../../builders/case.js'
import { as, type CaseDriver, CASE_ID, confirmation, itemSighting } from './case-driver.js'
import { ANY, NONE, Step } from './case-step.js'
import { duration } from './random-clock.js'

/** How a message is addressed: by whom, and whether it may concern this case at all. */
interface Sender {
  name: string
  caller: Caller | null
  caseId: string
}
const own: Sender[] = ROLES.map((role) => ({ name: role, caller: as(role), caseId: CASE_ID }))
const inPortal: Sender[] = (['brandMember', 'brandAdmin', 'lead'] as const).map((role) => ({
  name: `${role} in the portal`,
  caller: as(role, { via: 'portal' }),
  caseId: CASE_ID,
}))
const odd: Sender[] = [
  { name: 'foreign brand', caller: as('brandAdmin', { brandIds: ['other'] }), caseId: CASE_ID },
  { name: 'foreign market', caller: as('lead', { marketplaces: ['tmall'] }), caseId: CASE_ID },
  { name: 'stale', caller: as('brandMember'), caseId: `${CASE_ID}old` },
  { name: 'Temporal UI', caller: null, caseId: CASE_ID },
]
const OPEN_TO_UI: readonly MessageName[] = ['extendDeadline', 'reassign', 'retryTakedown']

const sender = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...own, ...inPortal) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
)
const staffSender = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...own.slice(3)) },
  { weight: 1, arbitrary: sender },
)
const isOutsider = (from: Sender, name: MessageName) =>
  from.caller === null ? !OPEN_TO_UI.includes(name) : odd.includes(from)

/** What is not refused is listed; what is refused although it is listed must be so for its content. */
function checkReason(
  phase: string,
  name: MessageName,
  allowed: readonly MessageName[],
  refusal: Refusal | null,
): void {
  if (!refusal && allowed.includes(name)) return
  if (!refusal) throw new Error(`${name} was applied in ${phase}, but is not listed as possible`)
  if (!allowed.includes(name)) return
  const isOfContent =
    /insufficientEvidence|hands a case|without "proof"|rest|changed|force|in flight|write notes for/
  if (isOfContent.test(refusal.message)) return
  throw new Error(`${name} is listed in ${phase}, but refused: ${refusal.code} ${refusal.message}`)
}

/** A step that sends `name` from `from`; `build` makes the rest of the message. */
function messageStep(
  from: Sender,
  name: MessageName,
  label: string,
  build: (driven: CaseDriver) => Record<string, unknown>,
): Step {
  return new Step(`${name} ${label} by ${from.name}`, (driven) => {
    const addressed = { caseId: from.caseId, ...(from.caller ? { caller: from.caller } : {}) }
    const content = build(driven)
    const before = driven.state
    const refusal = driven.send(name, { ...addressed, ...content })
    const isRepeat =
      name === 'decide' && before.answers.some((a) => a.decisionId === content['decisionId'])
    const { caller } = from
    const allowed = caller && allowedMessages(before, caller, driven.now)
    const isReserved = refusal?.code === 'InvalidMessage' || refusal?.code === 'StaleCase'
    if (allowed && !isRepeat && !isReserved) checkReason(before.phase, name, allowed, refusal)
    if (refusal) return isOutsider(from, name) ? NONE : ANY
    return { mayTouch: !isOutsider(from, name), applied: name }
  })
}

/** What a decider names: what the case shows now, what it showed first, or nothing. */
function named({ listing, ...state }: CaseState, looked: string): { shownHash?: string } {
  const shown = looked === 'now' ? shownListing({ listing, ...state }) : listing
  return looked === 'never' || !shown ? {} : { shownHash: snapshotHash(shown) }
}

const decisionId = fc.nat(9).map((n) => `d-${n}`)
const decide = fc
  .record({
    from: sender,
    id: decisionId,
    verdict: fc.constantFrom(...VERDICTS, 'counterfeit' as const, 'copyright' as const),
    proof: fc.boolean(),
    bulk: fc.boolean(),
    attested: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    async: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    looked: fc.constantFrom('now', 'now', 'now', 'now', 'first', 'never'),
  })
  .map(({ from, id, verdict, proof, bulk, attested, async, looked }) => {
    const content = {
      decisionId: id,
      verdict,
      bulk,
      ...(proof ? { proof: 'call with the brand' } : {}),
      ...(verdict === 'needInfo' ? { question: 'which batch?' } : {}),
      ...(attested ? { attestation: { textVersion: '2026-1', accepted: true as const } } : {}),
    }
    const label = `${id} ${verdict}${proof ? ' with proof' : ''}${bulk ? ' in bulk' : ''}`
    const { caller } = from
    const given = ({ state }: CaseDriver) => ({ ...content, ...named(state, looked) })
    if (!async || caller === null) return messageStep(from, 'decide', label, given)
    return new Step(`decideAsync ${label} by ${from.name}`, (driven) => {
      const {
        attestation: _none,
        shownHash: _nor,
        ...bare
      } = confirmation({
        caseId: from.caseId,
        caller,
      })
      const message = { ...bare, ...given(driven) }
      driven.apply(asyncDecisionHappenings(driven.state, message, driven.now))
      return isOutsider(from, 'decide') ? NONE : ANY
    })
  })

const undecide = fc.tuple(sender, fc.option(decisionId, { freq: 2 })).map(([from, id]) =>
  messageStep(from, 'undecide', id ?? 'current', ({ state }) => ({
    decisionId: id ?? state.decision?.decisionId ?? 'none',
    reason: 'a mistake',
  })),
)

/** In their own right: the rules must find out whether the silence gives it to them. */
const decideAlone = fc
  .tuple(
    fc.constantFrom(...own.slice(3, 5)),
    decisionId,
    fc.constantFrom(...INFRINGING_VERDICTS, 'insufficientEvidence' as const),
  )
  .map(([from, id, verdict]) =>
    messageStep(from, 'decide', `${id} ${verdict} alone`, ({ state }) => ({
      decisionId: id,
      verdict,
      ...named(state, 'now'),
    })),
  )

const extend = fc.tuple(sender, duration).map(([from, ms]) =>
  messageStep(from, 'extendDeadline', `${ms} ms`, ({ state, now }) => ({
    until: new Date((state.wait?.dueAt ?? now) + ms).toISOString(),
  })),
)

const reassign = fc
  .tuple(sender, fc.constantFrom('accountManager', 'lead'), fc.constantFrom('bo', 'eva', 'No!'))
  .map(([from, role, to]) => messageStep(from, 'reassign', `${role} ${to}`, () => ({ role, to })))

const returnToBrand = staffSender.map((from) =>
  messageStep(from, 'returnToBrand', '', () => ({ message: 'please look again' })),
)
const retry = fc
  .tuple(staffSender, fc.boolean())
  .map(([from, acceptChanged]) =>
    messageStep(from, 'retryTakedown', `${acceptChanged}`, () => ({ acceptChanged })),
  )
const close = fc
  .tuple(staffSender, fc.constantFrom('settled elsewhere', 'settled elsewhere', ' '), fc.boolean())
  .map(([from, reason, force]) =>
    messageStep(from, 'closeManually', `"${reason}"${force ? ' by force' : ''}`, () => ({
      reason,
      force,
    })),
  )
const withdraw = fc
  .tuple(
    sender,
    fc.constantFrom(undefined, { ruleId: 'price-far-below-retail', monitorVersion: '1.0.0' }),
  )
  .map(([from, rule]) =>
    messageStep(from, 'withdraw', rule ? 'rule' : '', () => ({
      reason: 'the rule was wrong',
      ...(rule ? { rule } : {}),
    })),
  )
const note = fc
  .tuple(sender, fc.constantFrom('seen before', ''), fc.constantFrom(...NOTE_AUDIENCES))
  .map(([from, text, audience]) =>
    messageStep(from, 'addNote', `"${text}" for ${audience}`, () => ({ text, audience })),
  )

/** A takedown that does not get on is given up. */
const giveUp = fc.constant(
  new Step('giving up', (driven) => {
    const { phase, takedown } = driven.state
    const message = { caseId: CASE_ID, caller: as('lead'), reason: 'it cannot be removed' }
    if (phase === 'needsAttention' && takedown) driven.send('closeManually', message)
    return ANY
  }),
)

// An end leaves little to happen after it, so what ends a case at once is rare.
const ending = fc.oneof(
  { weight: 4, arbitrary: note },
  { weight: 2, arbitrary: giveUp },
  { weight: 1, arbitrary: close },
  { weight: 1, arbitrary: withdraw },
)

const sighted = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...SEVERITIES)).map(
  ([n, severity]) =>
    new Step(`sighting s-${n} ${severity}`, (driven) => {
      const given = itemSighting({ sightingId: `s-${n}`, suspectedSeverity: severity })
      driven.apply(sightingHappenings(driven.state, given, driven.now, MONITOR))
      return ANY
    }),
)

const noticeFailed = fc
  .record({
    contactId: fc.constantFrom('mei-lin', 'wu-jun', 'ana-souza'),
    kind: fc.constantFrom(...NOTICE_KINDS),
    isStale: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(
    ({ contactId, kind, isStale }) =>
      new Step(`noticeFailed ${kind} to ${contactId}${isStale ? ' (stale)' : ''}`, (driven) => {
        const caseId = isStale ? `${CASE_ID}old` : CASE_ID
        const message = { caseId, contactId, kind, detail: '550 no such user' }
        driven.apply(noticeFailedHappenings(driven.state, message, driven.now))
        return isStale ? NONE : ANY
      }),
  )

const elsewhereGone = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom<ListingStanding>('listed', 'gone'))
  .map(
    ([n, standing]) =>
      new Step(`another case says it is gone${n > 0 ? '' : ' (stale)'}, ${standing}`, (driven) => {
        const caseId = n > 0 ? CASE_ID : `${CASE_ID}old`
        driven.apply(listingGoneHappenings(driven.state, { caseId, byCaseId: 'case-other' }))
        if (n > 0) driven.apply(standingHappenings(driven.state, standing))
        return n > 0 ? ANY : NONE
      }),
  )

/** What people, monitors and the mail server send to a case; each as likely as the others. */
export const messages = [
  decide,
  decideAlone,
  undecide,
  extend,
  reassign,
  returnToBrand,
  retry,
  ending,
  sighted,
  noticeFailed,
  elsewhereGone,
]
