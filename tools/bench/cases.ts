import { ApplicationFailure, type Client, WorkflowUpdateFailedError } from '@temporalio/client'
import { inParallel } from '../../platform/in-parallel.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { caseIdOf, workflowIdOf } from '../../domain/case/identity.js'
import { snapshotHash } from '../../domain/case/shown.js'
import { costOf, type HistoryCost } from '../../local/history-cost.js'
import type { SandboxClient } from '../../sandbox/client.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import {
  CASE_UPDATES,
  CASES_QUEUE,
  LISTING_CASE,
  type ListingCaseInput,
} from '../../workflows/messages.js'
import { BARE_QUEUE, goOn } from './bare/workflow.js'
import { confirmFloor, FLOOR_QUEUE } from './floor/workflow.js'
import { BRAND, MARKETPLACE, reportOf, shopRows } from './reports.js'
import { type Samples, timed } from './timing.js'

const AT_ONCE = 20
const OPENED = { withinMs: 120_000, everyMs: 20 }

/** One kind of workflow: how to start one, and how to let it go to its end. */
interface Contender {
  start: (index: number) => Promise<string>
  confirm: (workflowId: string) => Promise<unknown>
}

const CONTENDERS = ['listingCase', 'floor', 'bare'] as const
type ContenderName = (typeof CONTENDERS)[number]

/** The rounds of cases, of the floor and of bare workflows. */
export interface CaseRates {
  rounds: Record<ContenderName, Samples[]>
  /** Of one run each, as a check that all do the same number of durable steps. */
  cost: Record<ContenderName, HistoryCost>
}

/**
 * Lets cases, the floor and bare workflows run from start to end, in turns on the same servers, all
 * straight through Temporal: what the API costs is measured by itself.
 */
export async function measureCases(
  temporal: Client,
  sandbox: SandboxClient,
  { rounds, perRound, firstIndex }: { rounds: number; perRound: number; firstIndex: number },
): Promise<CaseRates> {
  const contenders: Record<ContenderName, Contender> = {
    listingCase: listingCases(temporal),
    floor: floorCases(temporal),
    bare: bareCases(temporal),
  }
  const measured: CaseRates['rounds'] = { listingCase: [], floor: [], bare: [] }
  const last = { listingCase: '', floor: '', bare: '' }
  for (let round = 0; round < rounds; round++) {
    const indices = Array.from({ length: perRound }, (_, i) => firstIndex + round * perRound + i)
    const listings = [...indices, ...indices.map(floorIndex)]
    await sandbox.loadListings(MARKETPLACE.id, shopRows(listings))
    for (const name of CONTENDERS) {
      const { samples, workflowId } = await runToEnd(temporal, contenders[name], indices)
      measured[name].push(samples)
      last[name] = workflowId
    }
  }
  const cost = async (name: ContenderName) =>
    costOf(await temporal.workflow.getHandle(last[name]).fetchHistory())
  return {
    rounds: measured,
    cost: {
      listingCase: await cost('listingCase'),
      floor: await cost('floor'),
      bare: await cost('bare'),
    },
  }
}

async function runToEnd(temporal: Client, { start, confirm }: Contender, indices: number[]) {
  const startedAtMs = performance.now()
  const workflowIds = await inParallel(indices, AT_ONCE, start)
  const { tookMs } = await timed(workflowIds, AT_ONCE, async (workflowId) => {
    await confirm(workflowId)
    await temporal.workflow.getHandle(workflowId).result()
  })
  return {
    samples: { tookMs, wallMs: performance.now() - startedAtMs },
    workflowId: workflowIds.at(-1) ?? '',
  }
}

function listingCases(temporal: Client): Contender {
  const asked = new Map<string, { caseId: string; shownHash: string }>()
  return {
    async start(index) {
      const { externalId, ...report } = reportOf(index)
      const { listing, brandId } = report
      const workflowId = workflowIdOf({
        marketplace: listing.marketplace,
        listingKey: listing.listingId,
        brandId,
      })
      const caseId = caseIdOf(workflowId, randomSuffix())
      asked.set(workflowId, { caseId, shownHash: snapshotHash(listing) })
      const input: ListingCaseInput = {
        caseId,
        sighting: { ...report, sightingId: `direct-${externalId}` },
        by: { role: 'monitor', id: 'bench', via: 'api' },
      }
      await temporal.workflow.start(LISTING_CASE, {
        workflowId,
        taskQueue: CASES_QUEUE,
        args: [input],
        memo: { caseId },
      })
      return workflowId
    },
    async confirm(workflowId) {
      const message = confirmation(asked.get(workflowId) ?? { caseId: '', shownHash: '' })
      const handle = temporal.workflow.getHandle(workflowId)
      const tryIt = () =>
        handle.executeUpdate(CASE_UPDATES.decide, { args: [message] }).catch((error: unknown) => {
          if (isStillOpening(error)) return null
          throw error
        })
      return until(`${workflowId} takes its decision`, tryIt, OPENED)
    },
  }
}

function bareCases(temporal: Client): Contender {
  return {
    async start(index) {
      const workflowId = `bare~${index}`
      const args = [reportOf(index)]
      await temporal.workflow.start('bareCase', { workflowId, taskQueue: BARE_QUEUE, args })
      return workflowId
    },
    confirm: (workflowId) => temporal.workflow.getHandle(workflowId).executeUpdate(goOn),
  }
}

function floorCases(temporal: Client): Contender {
  return {
    async start(index) {
      const report = reportOf(floorIndex(index))
      const workflowId = `floor~${index}`
      const start = { workflowId, taskQueue: FLOOR_QUEUE, args: [report] }
      await temporal.workflow.start('floorCase', start)
      return workflowId
    },
    confirm: (workflowId) => temporal.workflow.getHandle(workflowId).executeUpdate(confirmFloor),
  }
}

/** The floor removes listings of its own: each can be removed once. */
function floorIndex(index: number): number {
  return index + 1_000_000
}

function confirmation(asked: { caseId: string; shownHash: string }): DecideMessage {
  return {
    ...asked,
    decisionId: `d-${randomSuffix()}`,
    verdict: 'counterfeit',
    attestation: { textVersion: '2026-1', accepted: true },
    caller: {
      role: 'brandMember',
      id: 'bench',
      via: 'api',
      brandIds: [BRAND.brandId],
      marketplaces: '*',
    },
  }
}

function isStillOpening(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'StillOpening'
  )
}
