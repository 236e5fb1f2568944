import { setImmediate } from 'node:timers/promises'
import { activityInfo, ApplicationFailure } from '@temporalio/activity'
import type { WorkflowHandle } from '@temporalio/client'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import type { Activities } from '../../activities/index.js'
import type { TakedownPending } from '../../activities/takedown/request-takedown.js'
import { DEFAULT_CALENDAR, workingIntervals } from '../../domain/brand/calendar.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { Caller } from '../../domain/case/message/caller.js'
import { rebuild } from '../../domain/case/kind.js'
import { caseIdOf, workflowIdOf } from '../../domain/case/identity.js'
import type { Notice } from '../../domain/notice/notices.js'
import { openingEvents } from '../../domain/case/opening.js'
import type { TakedownLookup, TakedownResult } from '../../domain/case/taking-down.js'
import type { Severity } from '../../domain/vocabulary.js'
import { randomSuffix } from '../../platform/digest.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import {
  CASE_UPDATES,
  CASES_QUEUE,
  caseView,
  type ListingCaseInput,
  lookupsQueue,
  marketplaceQueue,
} from '../../workflows/messages.js'
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.js'
import { buildParties, buildPolicySnapshot, MONITOR } from '../builders/case.js'
import { buildSighting } from '../builders/sighting.js'
import { timeSkippingServerPath, workflowBundlePath } from '../setup/environment.js'
import '../setup/quiet-temporal.js'

/** What the world around a case does in a test, and what it saw of the case. */
export interface World {
  saved: Map<string, CaseEvent[]>
  notices: Notice[]
  takedownKeys: string[]
  /** Answers of the marketplace, first to last; the last one stays. An error is thrown. */
  takedowns: (TakedownResult | TakedownPending | Error)[]
  lookups: (TakedownLookup | Error)[]
  /** How long nobody can be told anything. */
  notifyDownMs: number
}

export const BRAND: Caller = {
  role: 'brandMember',
  id: 'key-brand',
  via: 'api',
  brandIds: ['northwind'],
  marketplaces: '*',
}
export const MANAGER: Caller = {
  role: 'accountManager',
  id: 'key-manager',
  via: 'api',
  brandIds: '*',
  marketplaces: '*',
}
export const LEAD: Caller = { ...MANAGER, role: 'lead', id: 'key-lead' }

export const ATTESTED = { attestation: { textVersion: '2026-1', accepted: true } } as const

/** The case workflow on a server whose clock skips ahead; the world around it is scripted. */
export class VirtualTime {
  readonly world: World = {
    saved: new Map(),
    notices: [],
    takedownKeys: [],
    takedowns: [{ kind: 'removed', takedownId: 'td-1', removedAt: 1 }],
    lookups: [{ kind: 'notTakenDown' }],
    notifyDownMs: 0,
  }
  private readonly opened: Pick<OpenedCase, 'handle' | 'caseId'>[] = []
  private workers: Promise<void>[] = []
  private readonly running: Worker[] = []
  readonly env: TestWorkflowEnvironment

  private constructor(env: TestWorkflowEnvironment) {
    this.env = env
  }

  static async start(): Promise<VirtualTime> {
    const env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: timeSkippingServerPath() } },
    })
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(
        Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [
          name,
          type === 'KEYWORD' ? 2 : 6,
        ]),
      ),
    })
    const self = new VirtualTime(env)
    await self.startWorkers()
    return self
  }

  private async startWorkers(): Promise<void> {
    const common = { connection: this.env.nativeConnection, activities: this.activities() }
    const cases = await Worker.create({
      ...common,
      taskQueue: CASES_QUEUE,
      workflowBundle: { codePath: workflowBundlePath() },
    })
    const queues = [marketplaceQueue('taobao'), lookupsQueue('taobao')]
    const markets = queues.map((taskQueue) => Worker.create({ ...common, taskQueue }))
    this.running.push(cases, ...(await Promise.all(markets)))
    this.workers = this.running.map((worker) => worker.run())
  }

  async stop(): Promise<void> {
    for (const worker of this.running) worker.shutdown()
    await Promise.all(this.workers)
    await this.env.teardown()
  }

  /** Opens a case of that severity; its brand works Monday to Friday in UTC. */
  async open(severity: Severity): Promise<OpenedCase> {
    const listingId = `L${randomSuffix()}`
    const built = buildSighting({ suspectedSeverity: severity })
    const sighting = { ...built, listing: { ...built.listing, listingId } }
    const { brandId, listing } = sighting
    const workflowId = workflowIdOf({
      marketplace: listing.marketplace,
      listingKey: listingId,
      brandId,
    })
    const caseId = caseIdOf(workflowId, randomSuffix())
    const input: ListingCaseInput = { caseId, sighting, by: MONITOR }
    const handle = await this.env.client.workflow.start<typeof listingCase>('listingCase', {
      workflowId,
      taskQueue: CASES_QUEUE,
      args: [input],
    })
    this.opened.push({ handle, caseId })
    while ((await handle.query(caseView)).phase === 'opening') await setImmediate()
    return { caseId, handle, sighting, events: () => this.world.saved.get(caseId) ?? [] }
  }

  /** Closes cases a test leaves open: their timers would drive everybody's clock. */
  async closeOpenCases(): Promise<void> {
    for (const { handle, caseId } of this.opened.splice(0)) {
      if ((await handle.describe()).status.name !== 'RUNNING') continue
      await handle.executeUpdate(CASE_UPDATES.closeManually, {
        args: [{ caseId, caller: LEAD, reason: 'the test is over' }],
      })
      await handle.result()
    }
  }

  private activities(): Pick<
    Activities,
    'openCase' | 'saveCase' | 'notify' | 'requestTakedown' | 'findTakedown'
  > {
    const { world } = this
    return {
      openCase: async (input) => {
        const now = activityInfo().currentAttemptScheduledTimestampMs
        const intervals = workingIntervals(DEFAULT_CALENDAR, now)
        const workingTime = { brand: intervals, accountManager: intervals, lead: intervals }
        const events = openingEvents(
          input,
          {
            kind: 'ask',
            parties: buildParties(),
            policy: buildPolicySnapshot({ workingTime }),
            previousCaseId: null,
          },
          now,
        )
        world.saved.set(input.caseId, events)
        return { events }
      },
      saveCase: async ({ caseId, events }) => {
        const known = world.saved.get(caseId) ?? []
        const all = [...known, ...events.filter((event) => event.seq > known.length)]
        rebuild(caseId, all)
        world.saved.set(caseId, all)
        return { savedRev: all.length }
      },
      notify: async (notices) => {
        const { currentAttemptScheduledTimestampMs: now, scheduledTimestampMs } = activityInfo()
        if (now < scheduledTimestampMs + world.notifyDownMs) throw new Error('no database')
        world.notices.push(...notices)
        return []
      },
      requestTakedown: async ({ key }) => {
        world.takedownKeys.push(key)
        return next(world.takedowns)
      },
      findTakedown: async () => next(world.lookups),
    }
  }
}

export interface OpenedCase {
  caseId: string
  handle: WorkflowHandle<typeof listingCase>
  sighting: ListingCaseInput['sighting']
  events(): CaseEvent[]
}

function next<T>(answers: (T | Error)[]): T {
  const answer = answers.length > 1 ? answers.shift() : answers[0]
  if (answer === undefined) throw new Error('the test scripted no answer')
  if (answer instanceof ApplicationFailure) throw answer
  // Retries under way can stop the server's virtual clock (sdk-java#2246), so the effort ends here.
  if (answer instanceof Error) {
    throw ApplicationFailure.nonRetryable(answer.message, 'MarketplaceUnavailable', {
      outcomeUnknown: true,
    })
  }
  return answer
}
