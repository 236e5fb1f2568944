import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { currentBuildId, DEPLOYMENT, makeCurrent } from '../../platform/current-version.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import { CASE_SIGNALS, CASE_UPDATES, contactDigestId } from '../../workflows/messages.js'
import { buildCaller } from '../builders/case.js'
import { testDataDir, timeSkippingServerPath, workflowBundlePath } from '../setup/environment.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  type ReportedCase,
  reportListing,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

const SOON = { withinMs: 30_000, everyMs: 100 }

/** The workflows as they were before `patch` was written. */
async function bundleBefore(patch: string): Promise<string> {
  const code = await readFile(workflowBundlePath(), 'utf8')
  const use = new RegExp(`\\(0, ?\\w+\\.patched\\)\\('${patch}'\\)`, 'g')
  expect(code).toMatch(use)
  const file = path.join(testDataDir(), `bundle-before-${patch}-${randomSuffix()}.js`)
  await writeFile(file, code.replace(use, 'false'))
  return file
}

describe('the current version', () => {
  let own: OwnNamespace
  beforeAll(async () => {
    own = await openNamespace()
  })
  afterAll(() => own.connection.close())

  it('is set before there are workers, again, and by several at once', async () => {
    expect(await currentBuildId(own.client)).toBeNull()
    expect(await makeCurrent(own.client, 'r1')).toBeNull()
    expect(await makeCurrent(own.client, 'r1')).toBe('r1')
    await Promise.all(['r2', 'r2', 'r2'].map((buildId) => makeCurrent(own.client, buildId)))
    expect(await currentBuildId(own.client)).toBe('r2')
  })

  it('is not set by whoever looked before somebody else did, unless it still may be', async () => {
    const asked: number[] = []
    const mayOnlyBefore = async () => {
      asked.push(asked.length)
      if (asked.length > 1) throw new Error('a later release is at work')
      await makeCurrent(own.client, 'later')
    }
    await expect(makeCurrent(own.client, 'earlier', mayOnlyBefore)).rejects.toThrow('a later')
    expect(asked).toHaveLength(2)
    expect(await currentBuildId(own.client)).toBe('later')
  })

  it('is refused with what to do by a server that has no versions', async () => {
    const env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: timeSkippingServerPath() } },
    })
    try {
      await expect(makeCurrent(env.client, 'r1')).rejects.toThrow('it must be 1.29 or newer')
    } finally {
      await env.teardown()
    }
  }, 60_000)
})

describe('an old and a new version side by side', () => {
  let service: TestService
  beforeAll(async () => {
    service = await startService()
    await service.stopWorkers()
  })
  afterAll(() => service.stop())
  afterEach(() => service.stopWorkers())

  /** The version whose worker did the last task of a run. */
  async function versionOf({ handle }: Pick<ReportedCase, 'handle'>): Promise<string | undefined> {
    const { raw } = await handle.describe()
    const info = raw.workflowExecutionInfo?.versioningInfo
    expect(info?.behavior).toBe(AUTO_UPGRADE)
    expect(info?.deploymentVersion?.deploymentName).toBe(DEPLOYMENT)
    return info?.deploymentVersion?.buildId ?? undefined
  }

  /**
   * Gives a case something to do until that version does it: the server tells its queues of a new
   * current version after it has answered, and until then the one before gets tasks.
   */
  async function carriedOnBy(buildId: string, one: ReportedCase): Promise<void> {
    const isCarriedOn = async () => {
      // One that is still being opened refuses notes, which is a task as well.
      await addNote(one, 'who reads this?').catch(() => undefined)
      return (await versionOf(one)) === buildId
    }
    await until(`${buildId} carries the case on`, isCarriedOn, SOON)
  }

  it('a case opened on the old one is carried on by the new one', async () => {
    await makeCurrent(service.client, 'old')
    await service.startWorkers({
      buildId: 'old',
      workflowBundlePath: await bundleBefore('nextCase'),
    })
    await service.startWorkers({ buildId: 'new' })
    const one = await reportAskedCase(service)
    expect(await versionOf(one)).toBe('old')

    await makeCurrent(service.client, 'new')
    await carriedOnBy('new', one)
    await decideWhenOpen(one, confirmation(one.caseId))
    expect(await one.handle.result()).toMatchObject({ outcome: 'takenDown' })
    expect(await versionOf(one)).toBe('new')
    const other = await reportAskedCase(service)
    expect(await versionOf(other)).toBe('new')
    const digest = service.client.workflow.getHandle(
      contactDigestId(brandRecipient('northwind', 'mei-lin')),
    )
    expect(await versionOf({ handle: digest as never })).toBe('new')
    await other.handle.terminate()
  }, 60_000)

  it('a patch that is left off is in no history, so that code without it can take over', async () => {
    const before = await bundleBefore('signalsChecked')
    const historyAfterMisfit = async (of: ReportedCase) => {
      await of.handle.signal(CASE_SIGNALS.noticeFailed, { caseId: 7 } as never)
      // Once an update has been answered, what came before it has been applied.
      await addNote(of, 'was there more?')
      return of.handle.fetchHistory()
    }
    const replay = async (history: Awaited<ReturnType<typeof historyAfterMisfit>>) =>
      Worker.runReplayHistory({ workflowBundle: { codePath: before } }, history).then(
        () => 'replayed',
        (error: Error) => error.name,
      )

    await makeCurrent(service.client, 'knowing')
    const isPatchOn = (patch: string) => patch !== 'signalsChecked'
    await service.startWorkers({ buildId: 'knowing', isPatchOn, newCaseRules: 2 })
    const careful = await reportAskedCase(service)
    expect(await replay(await historyAfterMisfit(careful))).toBe('replayed')
    const carefulCase = await service.store.cases.get(EVERYTHING, careful.caseId)
    expect(carefulCase?.state.policy?.rulesVersion).toBe(2)

    await makeCurrent(service.client, 'using')
    await service.startWorkers({ buildId: 'using' })
    const one = await reportAskedCase(service)
    await carriedOnBy('using', one)
    expect(await replay(await historyAfterMisfit(one))).toBe('DeterminismViolationError')

    await makeCurrent(service.client, 'before')
    await service.startWorkers({ buildId: 'before', workflowBundlePath: before })
    await carriedOnBy('before', careful)
    await decideWhenOpen(careful, confirmation(careful.caseId))
    expect(await careful.handle.result()).toMatchObject({ outcome: 'takenDown' })
    expect(await versionOf(careful)).toBe('before')
  }, 90_000)

  it('what comes while the new one has no workers waits for them', async () => {
    await makeCurrent(service.client, 'new')
    await service.startWorkers({ buildId: 'new' })
    const one = await reportAskedCase(service)
    await makeCurrent(service.client, 'newer')
    const other = await reportListing(service)
    await service.startWorkers({ buildId: 'newer' })
    await untilRecorded(service, other.caseId, ({ phase }) => phase === 'awaitingBrand', 60_000)
    await carriedOnBy('newer', other)
    await carriedOnBy('newer', one)
    expect(await versionOf(one)).toBe('newer')
  }, 60_000)
})

const addNote = ({ caseId, handle }: ReportedCase, text: string) => {
  const caller = buildCaller({ role: 'lead' })
  return handle.executeUpdate(CASE_UPDATES.addNote, {
    args: [{ caseId, caller, text, audience: 'internal' }],
  })
}

/** `temporal.api.enums.v1.VersioningBehavior` */
const AUTO_UPGRADE = 2
