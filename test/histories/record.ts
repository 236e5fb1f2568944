import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { WorkflowHandle } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { DEFAULT_POLICY, type SeverityPolicy } from '../../domain/policy.js'
import { brandRecipient } from '../../domain/recipients.js'
import { repositoryDir } from '../../local/provision/context.js'
import { closeManually, contactDigestId, extendDeadline, retryTakedown, undecide } from '../../workflows/messages.js'
import { buildBrand } from '../builders/brand.js'
import { buildCaller } from '../builders/case.js'
import { confirmation, decideWhenOpen, reportAskedCase, type ReportedCase, reportListing, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import startServers from '../setup/servers.js'
import stopServers from '../setup/stop-servers.js'

// Records one history of every shape of a case, and one of a digest of mails, on the real server, for
// test/workflows/replay.test.ts:
//   node --import tsx test/histories/record.ts <release>
// Recorded files of an earlier release are never overwritten: open cases still replay them.

const release = process.argv[2]
if (!release || !/^\d+\.\d+\.\d+$/.test(release)) {
  throw new Error('usage: node --import tsx test/histories/record.ts 0.1.0')
}

const short = (policy: SeverityPolicy): SeverityPolicy => ({
  ...policy,
  brand: { windowMs: 4_000, time: 'clock', remindersMs: [1_500] },
  accountManager: { windowMs: 2_000, time: 'clock', remindersMs: [] },
  lead: policy.lead && { windowMs: 2_000, time: 'clock', remindersMs: [] },
})
const { S1, S2, S3, S4 } = DEFAULT_POLICY.severities

await startServers()
const service = await startService({
  brand: {
    policy: {
      ...DEFAULT_POLICY,
      severities: { S1: short(S1), S2: short(S2), S3: short(S3), S4: short(S4) },
      coolingOffMs: { single: 0, bulk: 1_500 },
      takedownBudgetMs: 3_000,
    },
  },
})
const lead = buildCaller({ role: 'lead', id: 'key-lead', brandIds: '*' })

const shapes: Record<string, (service: TestService) => Promise<ReportedCase>> = {
  async confirmed() {
    const one = await reportAskedCase(service)
    await decideWhenOpen(one, confirmation(one.caseId))
    return one
  },
  expired: async () => reportListing(service, { severity: 'S3' }),
  async undone() {
    const one = await reportListing(service, { severity: 'S2' })
    const message = confirmation(one.caseId, { bulk: true })
    await decideWhenOpen(one, message)
    const { caseId } = one
    const { caller, decisionId } = message
    await one.handle.executeUpdate(undecide, {
      args: [{ caseId, caller, decisionId, reason: 'the wrong row' }],
    })
    await decideWhenOpen(one, confirmation(caseId, { verdict: 'genuine' }))
    return one
  },
  async stuckAndRetried() {
    const one = await reportListing(service)
    await service.sandbox.setFaults([{ kind: 'down', listingId: one.listingId }])
    await decideWhenOpen(one, confirmation(one.caseId))
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'needsAttention')
    await service.sandbox.setFaults([])
    await one.handle.executeUpdate(retryTakedown, { args: [{}] })
    return one
  },
  async refusedAndClosed() {
    const one = await reportListing(service)
    const { listingId, caseId } = one
    const refusal = { code: 'notInfringing', detail: 'we see it differently' }
    await service.sandbox.setFaults([{ kind: 'refuse', listingId, ...refusal }])
    await decideWhenOpen(one, confirmation(caseId))
    await untilRecorded(service, caseId, ({ phase }) => phase === 'needsAttention')
    await one.handle.executeUpdate(closeManually, {
      args: [{ caseId, caller: lead, reason: 'the marketplace keeps it' }],
    })
    return one
  },
  async extended() {
    const one = await reportListing(service, { severity: 'S4' })
    const { wait } = await untilRecorded(service, one.caseId, (s) => s.phase === 'awaitingBrand')
    const until = new Date((wait?.dueAt ?? 0) + 2_000).toISOString()
    await one.handle.executeUpdate(extendDeadline, { args: [{ until }] })
    return one
  },
}

try {
  for (const [name, play] of Object.entries(shapes)) {
    const { handle } = await play(service)
    const { outcome } = await handle.result()
    await save(`listing-case.${name}`, handle)
    console.log(`${name}: ${outcome}`)
  }
  const { brandId, contacts } = buildBrand()
  const contactId = contacts[0]?.contactId ?? ''
  const digest = service.client.workflow.getHandle(contactDigestId(brandRecipient(brandId, contactId)))
  await digest.result()
  await save('contact-digest.mailed', digest)
  console.log(`mailed: ${service.smtp.received.length} mails in all`)
} finally {
  await service.stop()
  await stopServers()
}

async function save(name: string, handle: WorkflowHandle): Promise<void> {
  const json = historyToJSON(await handle.fetchHistory())
  const file = path.join(import.meta.dirname, `${release}.${name}.json`)
  // Stack traces of failed attempts name the files of this machine.
  const text = JSON.stringify(JSON.parse(json)).replaceAll(`${repositoryDir}/`, '')
  await writeFile(file, `${text}\n`, { flag: 'wx' })
}
