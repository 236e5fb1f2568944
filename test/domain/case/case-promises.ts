import assert from 'node:assert/strict'
import type { CaseEvent } from '../../../domain/case/events.js'
import type { CaseEventType } from '../../../domain/vocabulary.js'
import type { CaseState, Decision } from '../../../domain/case/state.js'
import type { ShownListing } from '../../../domain/listing/listing.js'
import { snapshotHash } from '../../../domain/case/shown.js'
import { dueHappenings, nextDeadline } from '../../../domain/case/waiting/due.js'
import { CASE_ID, type CaseDriver } from './case-driver.js'
import type { Effect, Judge } from './case-step.js'

const BRAND = ['brandMember', 'brandAdmin']
const STAFF = ['accountManager', 'lead', 'operator']
const TAKEDOWN_VERDICTS = ['counterfeit', 'markMisuse', 'copyright', 'designOrPatent']
const PHASES_WITHOUT_WAIT = ['opening', 'restoring', 'takingDown', 'closed']
const AFTER_THE_END: CaseEventType[] = ['sightingAdded', 'noticeFailed', 'decisionRefused']

/** What was met on the way, so that a promise nothing puts to the test is noticed. */
export class Seen {
  readonly phases = new Set<string>()
  readonly messages = new Set<string>()
  readonly events = new Set<string>()
  readonly outcomes = new Set<string>()
  readonly bases = new Set<string>()
  readonly troubles = new Set<string>()

  add(state: CaseState, events: readonly CaseEvent[]): void {
    if (state.ending) this.outcomes.add(state.ending.outcome)
    for (const event of events) {
      this.events.add(event.type)
      if (event.type === 'decided') {
        this.bases.add(`${event.by.role} ${event.data.decision.basis}`)
      }
      if (event.type === 'attentionNeeded') this.troubles.add(event.data.attention.reason)
    }
  }
}

/** The promises every case keeps, said again without looking at how the rules keep them. */
export class Promises implements Judge {
  private before: CaseState
  private count = 0
  private readonly seen: Seen

  constructor(driven: CaseDriver, seen: Seen) {
    this.seen = seen
    this.before = driven.state
    this.afterStep(driven, { mayTouch: true })
  }

  afterStep(driven: CaseDriver, { mayTouch, applied }: Effect): void {
    if (applied) this.seen.messages.add(applied)
    const { state, events } = driven
    const fresh = events.slice(this.count)
    if (!mayTouch) assert.deepEqual(fresh, [], 'an outsider left a trace')
    for (const event of fresh) checkEvent(event, events.slice(0, event.seq - 1), this.before)
    assert.equal(state.rev, events.length)
    checkDeadline(this.before, state, fresh)
    checkState(state)
    this.seen.phases.add(state.phase)
    this.before = state
    this.count = events.length
  }
}

function checkEvent(event: CaseEvent, earlier: CaseEvent[], before: CaseState): void {
  const previous = earlier.at(-1)
  assert.equal(event.seq, earlier.length + 1, 'numbers have no gaps')
  if (previous) assert.ok(event.at >= previous.at, 'instants never decrease')
  if (earlier.some((e) => e.type === 'closed')) {
    assert.ok(AFTER_THE_END.includes(event.type), `${event.type} after the end`)
  }
  if (event.type === 'decided') checkDecider(event, earlier, before)
  if (event.type === 'takedownRequested') checkTakedown(event, earlier)
  checkUndoable(event, earlier)
  if (event.type === 'closed') checkEnd(event, earlier, before)
  if (event.type === 'undecided') {
    const left = before.suspended?.wait.dueAt ?? event.at
    assert.ok(event.data.wait.dueAt >= left, 'undoing cost the owner time')
  }
  if (event.type === 'deadlineMoved') {
    const { from, to, cause } = event.data
    if (cause !== 'reassigned') {
      assert.ok(cause === 'extended' ? to > from : to < from, `${cause} from ${from} to ${to}`)
    }
  }
  if (event.type === 'asked' && earlier.length > 1 && event.data.cause !== 'reopened') {
    assert.ok(STAFF.includes(event.by.role))
  }
  checkPutBackFirst(event, earlier)
}

/** What an earlier case had removed is put back before anybody is asked or answers, unless staff says so. */
function checkPutBackFirst(event: CaseEvent, earlier: CaseEvent[]): void {
  const asks = earlier.some((e) => e.type === 'restorationRequested')
  if (!asks || earlier.some((e) => e.type === 'asked')) return
  const isBack = earlier.some((e) => e.type === 'restored')
  assert.ok(!['decided', 'handedOver', 'escalated', 'takedownRequested'].includes(event.type))
  if (event.type === 'asked') assert.ok(isBack || STAFF.includes(event.by.role))
  if (event.type === 'closed') assert.equal(event.data.ending.outcome, 'closedManually')
}

/** What was decided in the portal can be undone there for ten seconds before anything follows. */
function checkUndoable(event: CaseEvent, earlier: CaseEvent[]): void {
  const standing = standingDecision(earlier)
  if (standing?.by.via !== 'portal') return
  const isRelease = event.type === 'closed' && event.data.ending.outcome === 'released'
  if (!isRelease && event.type !== 'takedownRequested') return
  const { decidedAt } = standing.data.decision
  assert.ok(event.at - decidedAt >= 10_000, 'carried out before it could be undone')
}

/** Who may decide: the brand; staff with proof; staff alone where the policy gives silence to them. */
function checkDecider(event: CaseEvent<'decided'>, earlier: CaseEvent[], before: CaseState): void {
  const { decision } = event.data
  const { role } = decision.by
  assert.deepEqual(decision.by, event.by)
  if ((before.policy?.rulesVersion ?? 0) >= 3) checkShown(decision, earlier)
  assert.ok(!standingDecision(earlier), 'a second decision won')
  assert.ok(!['unsure', 'needInfo'].includes(decision.verdict), 'a non-answer won')
  if (BRAND.includes(role)) {
    assert.equal(decision.basis, 'brandConfirmed')
    assert.notEqual(decision.verdict, 'insufficientEvidence')
    if (TAKEDOWN_VERDICTS.includes(decision.verdict)) assert.ok(decision.attestation?.accepted)
    return
  }
  assert.ok(role === 'accountManager' || role === 'lead', `${role} decided`)
  if (decision.proof) {
    assert.equal(decision.basis, 'brandViaAccountManager')
    return
  }
  assert.equal(decision.basis, 'platformPolicy')
  const sinceAsked = earlier.slice(earlier.findLastIndex((e) => e.type === 'asked'))
  const reached = sinceAsked.flatMap((e) => (e.type === 'escalated' ? [e.data.to] : []))
  const silence = before.policy?.severities[before.severity].silence
  if (role === 'accountManager') {
    assert.equal(silence, 'accountManagerDecides')
    assert.ok(reached.includes('accountManager'), 'decided before the case was theirs')
  } else {
    assert.notEqual(silence, 'release')
    const isStuck = sinceAsked.some((e) => e.type === 'attentionNeeded')
    assert.ok(reached.includes('lead') || isStuck, 'decided before the case was theirs')
  }
}

/** Nothing is confirmed that differs from what the case showed last. */
function checkShown({ verdict, shownHash }: Decision, earlier: CaseEvent[]): void {
  const shown = earlier.flatMap((e): ShownListing[] => {
    if (e.type === 'opened') return [e.data.listing]
    if (e.type !== 'asked' && e.type !== 'takedownRequested') return []
    return e.data.shown ? [e.data.shown] : []
  })
  const offer = (listing?: ShownListing) => [listing?.title, listing?.price, listing?.seller.id]
  const looked = shown.find((listing) => snapshotHash(listing) === shownHash)
  if (TAKEDOWN_VERDICTS.includes(verdict)) assert.ok(looked, 'confirmed without having looked')
  if (looked) assert.deepEqual(offer(looked), offer(shown.at(-1)), 'decided about another offer')
}

/** The decision that stands after `events`: won, and neither undone nor asked again since. */
function standingDecision(events: CaseEvent[]): CaseEvent<'decided'> | null {
  const last = events.findLast((e) => ['decided', 'undecided', 'asked'].includes(e.type))
  return last?.type === 'decided' ? last : null
}

function checkTakedown(event: CaseEvent<'takedownRequested'>, earlier: CaseEvent[]): void {
  const standing = standingDecision(earlier)
  assert.ok(standing, 'a takedown nobody decided')
  const stoppedAt = earlier.findLastIndex((e) => e.type === 'stopRequested')
  const isOver = earlier.slice(stoppedAt).some((e) => ['asked', 'undecided'].includes(e.type))
  assert.ok(stoppedAt < 0 || isOver, 'a takedown was requested after it had been stopped')
  assert.ok(TAKEDOWN_VERDICTS.includes(standing.data.decision.verdict))
  const { n, key, cause } = event.data
  assert.equal(key, `takedown:${CASE_ID}:${n}`)
  const lastAt = earlier.findLastIndex((e) => e.type === 'takedownRequested')
  const last = earlier[lastAt]
  if (last?.type !== 'takedownRequested') {
    assert.equal(n, 1)
    return
  }
  const answer = earlier.slice(lastAt).find((e) => e.type === 'attentionNeeded')
  const wasRefused = answer?.type === 'attentionNeeded' && answer.data.takedown === 'refused'
  assert.equal(n, last.data.n + (wasRefused ? 1 : 0), 'the key moves on after a refusal only')
  if (wasRefused) assert.notEqual(cause, 'timer', 'a refused takedown waits for a person')
}

function checkEnd(event: CaseEvent<'closed'>, earlier: CaseEvent[], before: CaseState): void {
  const { outcome } = event.data.ending
  const wasSent = earlier.some((e) => e.type === 'takedownRequested')
  const standing = standingDecision(earlier)
  switch (outcome) {
    case 'takenDown':
    case 'alreadyGone':
      if (outcome === 'alreadyGone' && earlier.some((e) => e.type === 'listingGoneHeard')) break
      assert.ok(wasSent && standing, 'taken down without a decision')
      break
    case 'released':
      assert.ok(earlier.length === 1 || standing, 'released without a decision')
      if (standing) assert.ok(!TAKEDOWN_VERDICTS.includes(standing.data.decision.verdict))
      break
    case 'expired':
      assert.ok(!['S1', 'S2'].includes(before.severity), `${before.severity} expired`)
      assert.ok(!standing, 'expired although decided')
      break
    case 'withdrawn':
      assert.ok(!standing, 'withdrawn although decided')
      break
    case 'refusedByMarketplace':
      assert.ok(standing, 'refused although nobody decided')
      assert.equal(before.attention?.reason, 'marketplaceRefused')
      break
    case 'closedManually':
      assert.ok(STAFF.includes(event.by.role))
      break
    case 'refused':
      assert.equal(earlier.length, 1)
  }
}

/** A running deadline moves backwards only by a recorded act. */
function checkDeadline(before: CaseState, after: CaseState, fresh: CaseEvent[]): void {
  const isSameWait =
    before.wait && after.wait && before.phase === after.phase && before.rev !== after.rev
      ? before.wait.owner === after.wait.owner && before.wait.startedAt === after.wait.startedAt
      : false
  if (!isSameWait || !before.wait || !after.wait || after.wait.dueAt >= before.wait.dueAt) return
  // What is waited for then is the marketplace's word, and it is asked at once.
  if (fresh.some((e) => e.type === 'stopRequested')) return
  const move = fresh.find((e) => e.type === 'deadlineMoved')
  assert.ok(move?.type === 'deadlineMoved' && move.data.cause !== 'extended')
}

function checkState(state: CaseState): void {
  const moving = { ...state, policy: null }
  assert.deepEqual(JSON.parse(JSON.stringify(moving)), moving, 'the state survives Temporal')
  assert.equal(state.phase === 'closed', state.ending !== null)
  assert.equal(state.wait === null, PHASES_WITHOUT_WAIT.includes(state.phase))
  if (state.phase === 'needsAttention') assert.ok(state.attention, 'stuck without a reason')
  const reminders = state.wait?.reminders ?? []
  assert.deepEqual(
    reminders,
    [...new Set(reminders)].sort((a, b) => a - b),
  )
  const ids = state.answers.map((a) => a.decisionId)
  const refused = state.answers.filter((a) => a.result === 'refused').map((a) => a.decisionId)
  assert.equal(new Set(refused).size, refused.length, 'a refusal is recorded once')
  const accepted = ids.length - refused.length
  assert.equal(
    new Set(state.answers.filter((a) => a.result !== 'refused').map((a) => a.decisionId)).size,
    accepted,
    'an answer counts once',
  )
}

/** With nobody acting, every deadline changes the case and the next one lies later. */
export function checkProgress(driven: CaseDriver): void {
  for (let i = 0; i < 30; i++) {
    const { state } = driven
    const due = nextDeadline(state)
    if (!due) return
    driven.now = Math.max(driven.now, due.at)
    if (due.kind === 'lookUp') driven.lookUpSays({ kind: 'failed', message: 'no answer' })
    else driven.apply(dueHappenings(state, driven.now))
    assert.ok(driven.state.rev > state.rev, `nothing follows from ${due.kind}`)
    const next = nextDeadline(driven.state)
    assert.ok(!next || next.at > due.at || driven.state.phase !== state.phase, 'no progress')
    assert.ok(!next || next.at > driven.now || next.kind === 'windowEnd', 'due again at once')
    checkEvent(driven.events.at(-1) as CaseEvent, driven.events.slice(0, -1), state)
  }
}
