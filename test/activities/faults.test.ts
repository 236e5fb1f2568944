import { describe, expect, it } from '@jest/globals'
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity'
import { ServiceError } from '@temporalio/client'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import type { ActivityDependencies } from '../../activities/dependencies.js'
import { faultFailure } from '../../activities/faults.js'
import { createCaseActivities, createMarketplaceActivities } from '../../activities/index.js'
import { UnknownEvent } from '../../domain/record/record.js'
import { type Fault, FAULTS } from '../../domain/vocabulary.js'
import { faultMessage } from '../../domain/record/faults.js'
import { questionIdOf } from '../../domain/question/question.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { MarketplaceError, UnknownMarketplace } from '../../marketplaces/marketplace.js'
import { RecordConflict } from '../../store/store.js'
import { buildSighting } from '../builders/sighting.js'
import { buildCaller, MONITOR } from '../builders/case.js'

const quiet = new DefaultLogger('ERROR')
const error = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more })
const grpc = (code: number, details: string) =>
  new ServiceError('it failed', {
    cause: Object.assign(new Error(details), { code, details, metadata: {} }),
  })

/** What can go wrong outside, and what it is; `null`: it may pass. */
const TROUBLES: [string, Error, Fault | null][] = [
  ['a document that is too large', error('MongoServerError', 'x', { code: 10_334 }), 'TooLarge'],
  ['one the driver refuses', error('MongoInvalidArgumentError', 'larger than 16 MB'), 'TooLarge'],
  [
    'one past the buffer',
    Object.assign(new RangeError('x'), { code: 'ERR_OUT_OF_RANGE' }),
    'TooLarge',
  ],
  ['a payload that is too large', grpc(3, 'Blob size exceeds limit'), 'TooLarge'],
  ['a message that is too large', grpc(8, 'message larger than max'), 'TooLarge'],
  ['a document the schema refuses', error('ValidationError', 'x'), 'NotStorable'],
  ['a value of another type', error('CastError', 'x'), 'NotStorable'],
  ['a document the server refuses', error('MongoServerError', 'x', { code: 121 }), 'NotStorable'],
  ['a record that is another', new RecordConflict('x'), 'NotStorable'],
  ['text that is no JSON', new SyntaxError('x'), 'Unreadable'],
  ['an event of a later version', new UnknownEvent('x'), 'Unreadable'],
  ['an unknown marketplace', new UnknownMarketplace('x'), 'NotConfigured'],
  ['a fault in our code', new TypeError('x is undefined'), 'CodeFault'],
  ['a request Temporal refuses', grpc(3, 'invalid name'), 'CodeFault'],
  ['a database that is away', error('MongoNetworkError', 'x'), null],
  ['one that has stepped down', error('MongoServerError', 'x', { code: 189 }), null],
  ['two that write at once', error('MongoServerError', 'x', { code: 11_000 }), null],
  ['Temporal away', grpc(14, 'unavailable'), null],
  ['Temporal too busy', grpc(8, 'namespace rate limit'), null],
  ['the network', new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }), null],
  ['anything else', new Error('x'), null],
  ['its own cancellation', new CancelledFailure('x'), null],
]

/** Everything an activity reaches for fails like that. */
function failing(trouble: Error): ActivityDependencies {
  const everything: object = new Proxy(() => undefined, {
    get: (_target, name) => (name === 'then' ? undefined : everything),
    apply: () => {
      throw trouble
    },
  })
  return everything as ActivityDependencies
}

const caseId = 'case~taobao~1~northwind~aaaaaaaaaaaaa'
const questionId = questionIdOf('northwind', 'aaaaaaaaaaaaa')
const sighting = buildSighting()
const listing = { marketplace: 'taobao', listingId: '1' }
const task = { kind: 'recall', rule: { ruleId: 'r', monitorVersion: '1' }, reason: 'r' } as const
const notice = { noticeId: 'n', caseId, rev: 1, audience: 'brand' as const }
const CALLS: Record<
  string,
  (
    all: ReturnType<typeof createCaseActivities> & ReturnType<typeof createMarketplaceActivities>,
  ) => () => Promise<unknown>
> = {
  openCase: (all) => () => all.openCase({ caseId, sighting, by: MONITOR }),
  saveCase: (all) => () => all.saveCase({ caseId, events: [] }),
  verifyRecord: (all) => () => all.verifyRecord({ caseId }),
  notify: (all) => () =>
    all.notify([
      { ...notice, brandId: 'northwind', kind: 'asked', contactId: null, urgent: false },
    ]),
  sendMail: (all) => () =>
    all.sendMail({
      contactId: brandRecipient('northwind', 'mei-lin'),
      kind: 'asked',
      window: 1,
      notices: [notice],
    }),
  saveLateAnswer: (all) => () =>
    all.saveLateAnswer({
      message: { caseId, caller: buildCaller(), decisionId: 'd', verdict: 'genuine' },
      receivedAt: 1,
    }),
  reconcileCases: (all) => () => all.reconcileCases({ openingMs: 1 }),
  readWorkingTime: (all) => () => all.readWorkingTime({ who: 'ana', fromMs: 1 }),
  closeSuperseded: (all) => () =>
    all.closeSuperseded({
      message: { caseId, caller: buildCaller(), reason: 'r' },
      requestId: 'r',
    }),
  findCasesToSweep: (all) => () => all.findCasesToSweep(task, buildCaller(), null),
  sweepCases: (all) => () =>
    all.sweepCases({ task, caller: buildCaller(), caseIds: [caseId], requestId: 'r' }),
  restoreListing: (all) => () => all.restoreListing({ key: 'k', ...listing, reason: 'r' }),
  findTakedown: (all) => () => all.findTakedown({ key: 'k', ...listing }),
  lookAtListing: (all) => () => all.lookAtListing(listing),
  openQuestion: (all) => () =>
    all.openQuestion({
      questionId,
      ...{ brandId: 'northwind', marketplace: 'taobao', caseId: null, text: 'When?' },
      by: { role: 'brandMember', id: 'mei-lin', via: 'api' },
    }),
  saveQuestion: (all) => () => all.saveQuestion({ questionId, events: [] }),
  verifyQuestion: (all) => () => all.verifyQuestion(questionId),
  tellOfQuestion: (all) => () => all.tellOfQuestion({ questionId, what: 'asked' }),
  requestTakedown: (all) => () =>
    all.requestTakedown({
      ...{ key: 'k', caseId, ...listing, verdict: 'counterfeit', basis: 'brandConfirmed' },
      ...{ severity: 'S2', shown: { ...sighting.listing, seller: { id: 's' } } },
      ...{ acceptChanged: false, mayHaveBeenSent: false, budgetMs: 60_000 },
    }),
}
const activitiesWith = (deps: ActivityDependencies) => ({
  ...createCaseActivities(deps),
  ...createMarketplaceActivities(deps),
})

async function failureOf(name: string, trouble: Error): Promise<unknown> {
  const call = CALLS[name]?.(activitiesWith(failing(trouble)))
  if (!call) throw new Error(`no call of ${name}`)
  try {
    await new MockActivityEnvironment({}, { logger: quiet }).run(call)
  } catch (failure) {
    return failure
  }
  throw new Error(`${name} did not fail`)
}

describe('every activity', () => {
  const names = Object.keys(activitiesWith(failing(new Error('unused'))))

  it('is tried below', () => {
    expect(Object.keys(CALLS).sort()).toEqual(names.sort())
  })

  it.each(
    names.flatMap((name) =>
      TROUBLES.map(([what, trouble, fault]) => [name, what, fault, trouble] as const),
    ),
  )('%s ends with %s as %s', async (name, _what, fault, trouble) => {
    const failure = await failureOf(name, trouble)
    const isFinal = failure instanceof ApplicationFailure && failure.nonRetryable === true
    expect(isFinal ? [failure.type, failure.message] : null).toEqual(
      fault && [fault, faultMessage(fault, trouble.message)],
    )
  })
})

describe('a fault', () => {
  it('of a marketplace that refuses to say is one, too', async () => {
    const never = { kind: 'never', code: 'forbidden', outcomeUnknown: false } as const
    const failure = await failureOf('findTakedown', new MarketplaceError('no', never))
    expect(failure).toMatchObject({ type: 'Refused', nonRetryable: true })
  })

  it.each(FAULTS)('%s is told in words, however much there is to say', (fault) => {
    const { message } = faultFailure(fault, new Error('x'.repeat(1e6)))
    expect(message.length).toBeLessThanOrEqual(500)
    expect(message).toMatch(/^[a-z].*: x/)
  })
})
