import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createReconciledCases } from '../../activities/case/restart-case.js'
import { happening } from '../../domain/case/events.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { sightingHappenings } from '../../domain/listing/sightings.js'
import { jsonBytes } from '../../domain/form/size.js'
import { randomSuffix } from '../../platform/digest.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import { CASE_SIGNALS, LISTING_CASE, type ListingCaseInput } from '../../workflows/messages.js'
import {
  buildCase,
  buildParties,
  buildPolicySnapshot,
  continueCase,
  MONITOR,
} from '../builders/case.js'
import { saveBuiltCase } from '../builders/database.js'
import { buildSighting } from '../builders/sighting.js'
import {
  confirmation,
  decideWhenOpen,
  MONITOR_CALLER,
  reportAskedCase,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

const CONTROL = '\u0001'
/** What Temporal takes as one payload. */
const LIMIT_BYTES = 2_000_000

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

describe('a case that has been sent more than one payload holds', () => {
  it('while its process could not run saves all of it in parts, and is decided', async () => {
    const one = await reportAskedCase(service)
    const { sighting } = one.input
    const signals = Array.from({ length: 50 }, (_, n) => ({
      ...{ ruleId: `rule-${n}`, weight: 1, observed: CONTROL.repeat(1_000) },
    }))
    await service.stopWorkers()
    const sent = Array.from({ length: 12 }, () => ({
      ...{ ...sighting, signals, sightingId: `s-${randomSuffix()}` },
    }))
    expect(jsonBytes(sent)).toBeGreaterThan(LIMIT_BYTES)
    for (const again of sent) {
      await one.handle.signal(CASE_SIGNALS.sightingAdded, {
        sighting: again,
        caller: MONITOR_CALLER,
      })
    }
    await service.startWorkers()

    const state = await untilRecorded(service, one.caseId, (s) => s.sightings.length > sent.length)
    expect(state.evidenceBytes).toBeGreaterThan(jsonBytes(signals))
    await decideWhenOpen(one, confirmation(one.caseId))
    expect(await one.handle.result()).toMatchObject({ outcome: 'takenDown' })
    expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
    const stored = await service.store.cases.events(EVERYTHING, one.caseId)
    expect(stored.filter(({ event }) => event.type === 'sightingAdded')).toHaveLength(sent.length)
  })
})

describe('a case that an older version let grow until no run could take it over', () => {
  it('goes on from its record and is decided', async () => {
    const policy = buildPolicySnapshot({ rulesVersion: 2 })
    const at = Date.now() - MINUTE_MS
    const facts = { kind: 'ask', parties: buildParties(), policy, previousCaseId: null } as const
    const sighting = buildSighting({ listing: { pictures: [] } })
    await service.sandbox.loadListings(
      'taobao',
      JSON.stringify({ ...sighting.listing, unitsPerListing: 1 }),
    )
    const again = Array.from({ length: 400 }, (_, n) => {
      const ruleId = (k: number) => CONTROL.repeat(90) + String(k)
      const signals = Array.from({ length: 12 }, (_unused, k) => ({
        ...{ ruleId: ruleId(k), weight: 1, observed: '' },
      }))
      return buildSighting({ sightingId: `s-${n}`, signals, listing: sighting.listing })
    })
    const note = happening('noteAdded', { text: CONTROL.repeat(4_000), audience: 'internal' })
    const grown = again.reduce(
      (built, one) => continueCase(built, sightingHappenings(built.state, one, at, MONITOR), at),
      continueCase(buildCase({ sighting, facts, at }), Array<typeof note>(90).fill(note), at),
    )
    expect(jsonBytes(grown.state)).toBeGreaterThan(LIMIT_BYTES)
    await saveBuiltCase(service.store, grown)
    const { caseId, workflowId } = grown
    const row = await service.store.cases.get(EVERYTHING, caseId)
    if (!row) throw new Error('no row')
    const kind = createReconciledCases(service.store)
    const restart = kind.fromRecord(row, grown.events, 'terminated', null)
    const [input] = (restart?.options.args ?? []) as [ListingCaseInput?]
    if (!restart || !input) throw new Error('no input')

    const handle = await service.client.workflow.start<typeof listingCase>(LISTING_CASE, {
      ...restart.options,
      args: [input],
      workflowId,
    })
    const listingId = sighting.listing.listingId
    const message = confirmation(caseId)
    await decideWhenOpen({ caseId, listingId, workflowId, input, handle }, message)
    expect(await handle.result()).toMatchObject({ caseId, outcome: 'takenDown' })
    expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
  })
})
