import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { KNOWLEDGE } from '../../domain/release/release.js'
import type { Fault } from '../../sandbox/faults.js'
import { nodeSpec } from '../../local/stack/node-processes.js'
import { freePorts } from '../../local/stack/ports.js'
import { type ProcessHandle, supervise } from '../../local/stack/supervise.js'
import { until } from '../../local/until.js'
import { writeMarketplacesFile } from '../../local/world/marketplaces-file.js'
import { makeCurrent } from '../../platform/current-version.js'
import { RELEASE } from '../../platform/release.js'
import { verifyCase } from '../../store/cases/audit.js'
import { CASE_UPDATES, caseView } from '../../workflows/messages.js'
import { headersNamed } from '../notifications/smtp-server.js'
import { compiled } from '../setup/compiled.js'
import { temporalAddress, testDataDir } from '../setup/environment.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  type ReportedCase,
  reportListing,
  shownHashOf,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

// The worker is a process of its own here, and is ended with kill -9.
let service: TestService
let dataDir: string
let worker: ProcessHandle

/** Mails the server has, and what it does with the next one instead of acknowledging it. */
const mails: { to: string[]; raw: string }[] = []
let insteadOfAcknowledging: (() => void) | null = null

beforeAll(async () => {
  service = await startService({
    smtp: {
      onData(stream, session, acknowledge) {
        buffer(stream).then((raw) => {
          const to = session.envelope.rcptTo.map(({ address }) => address)
          mails.push({ to, raw: raw.toString() })
          if (insteadOfAcknowledging) insteadOfAcknowledging()
          else acknowledge()
        }, acknowledge)
      },
    },
  })
  await service.stopWorkers()
  await makeReleaseCurrent(service)
  dataDir = await mkdtemp(path.join(testDataDir(), 'worker-'))
  worker = await startWorker()
})
afterAll(async () => {
  await worker.stop()
  await service.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** What `migrate` does for workers that are processes of their own. */
async function makeReleaseCurrent({ store, client }: TestService): Promise<void> {
  const { rulesVersion: newCaseRules } = KNOWLEDGE
  const release = { ...KNOWLEDGE, buildId: RELEASE, patchesOff: [], newCaseRules }
  await store.releases.take(release, KNOWLEDGE)
  await makeCurrent(client, RELEASE)
}

async function startWorker(): Promise<ProcessHandle> {
  const ports = await freePorts()
  const [marketplace] = service.marketplaces
  if (!marketplace) throw new Error('the service has no marketplace')
  const { origin } = new URL(marketplace.baseUrl)
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: service.namespace,
    MONGODB_URI: service.database.options.uri,
    MARKETPLACES_FILE: await writeMarketplacesFile(dataDir, origin, [marketplace]),
    SANDBOX_TOKEN: marketplace.token,
    SMTP_URL: service.smtp.url,
    MAIL_GATHER_MS: '100',
    MAIL_INTERVAL_MS: '100',
    ANSWER_TOKEN_SECRET: randomBytes(32).toString('hex'),
    WORKER_ADMIN_PORT: String(ports.workerAdmin),
  }
  return supervise(nodeSpec('worker', { compiled, env, logDir: dataDir, ports }))
}

const askedCase = () => reportAskedCase(service)

async function expectTakenDownOnce({ caseId, listingId, handle }: ReportedCase): Promise<void> {
  expect((await handle.result()).outcome).toBe('takenDown')
  const ledger = await service.sandbox.ledger({ listingId, effective: true })
  expect(ledger).toMatchObject([{ key: `takedown:${caseId}:1` }])
  expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
}

describe('a worker killed after the mail server took a mail', () => {
  it('sends it again under the same Message-ID', async () => {
    const taken = new Promise<void>((resolve) => (insteadOfAcknowledging = resolve))
    const one = await reportListing(service)
    await taken
    await worker.kill('SIGKILL')
    insteadOfAcknowledging = null
    await worker.restart()

    await until('the mail is sent again', () => mails.length > 1, { withinMs: 40_000 })
    const [first, second] = mails.map(({ to, raw }) => [to, headersNamed(raw, 'message-id')])
    expect(first).toEqual([['mei.lin@northwind.example'], [expect.stringMatching(/^<.+@.+>$/)]])
    expect(second).toEqual(first)
    expect(mails.every(({ raw }) => raw.includes(one.listingId))).toBe(true)
  })
})

describe('a worker killed while a case waits', () => {
  it('costs the case nothing: the next one goes on where it was', async () => {
    const one = await askedCase()
    // The record may be ahead of the workflow, which refuses decisions until it has caught up.
    const seen = () => one.handle.query(caseView)
    await until('the case waits', async () => (await seen()).phase === 'awaitingBrand', {
      withinMs: 20_000,
    })
    const before = await seen()
    await worker.kill('SIGKILL')
    // Sent while nobody is there to take it.
    const message = confirmation(one.caseId, { shownHash: shownHashOf(one) })
    const decided = one.handle.executeUpdate(CASE_UPDATES.decide, { args: [message] })
    await worker.restart()

    expect(await decided).toMatchObject({ phase: 'takingDown', rev: before.rev + 2 })
    await expectTakenDownOnce(one)
  })
})

describe('a worker killed while a takedown is in flight', () => {
  it.each<[string, Fault[], { removedBefore: number }]>([
    [
      'before the marketplace acts',
      [{ kind: 'slow', delayMs: 2_000, count: 1 }],
      { removedBefore: 0 },
    ],
    [
      'after a marketplace that ignores keys has acted',
      [{ kind: 'dropReply', count: 1 }, { kind: 'ignoreKey' }],
      { removedBefore: 1 },
    ],
  ])('%s: the listing is removed once, the case ends', async (_when, faults, { removedBefore }) => {
    const one = await askedCase()
    const { listingId } = one
    const removals = () => service.sandbox.ledger({ listingId, effective: true })
    await service.sandbox.setFaults(faults.map((fault) => ({ ...fault, listingId })))
    await decideWhenOpen(one, confirmation(one.caseId))
    const isAtTheMarketplace = async () => {
      const left = (await service.sandbox.faults()).filter((fault) => fault.count !== undefined)
      return left.length === 0 && (await removals()).length === removedBefore
    }
    await until('the request is at the marketplace', isAtTheMarketplace, {
      withinMs: 20_000,
      everyMs: 10,
    })
    await worker.kill('SIGKILL')
    expect(await removals()).toHaveLength(removedBefore)
    await worker.restart()
    await expectTakenDownOnce(one)
    await service.sandbox.setFaults([])
  })
})
