import { answerLink } from '../builders/answer-link.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from '../api/case-api.js'
import { problemOf } from '../api/test-api.js'
import { type ReportedCase, reportAskedCase, untilRecorded } from '../setup/reporting.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

/** Puts another offer under the same id into the shop. */
async function changeOffer(one: ReportedCase, offer: object): Promise<void> {
  const { listing } = one.input.sighting
  const row = { ...listing, unitsPerListing: 1, ...offer }
  await cases.service.sandbox.loadListings('taobao', JSON.stringify(row))
}
const removalsOf = async ({ listingId }: ReportedCase) =>
  (await cases.service.sandbox.ledger({ listingId })).filter(({ effective }) => effective)
const isStuck = ({ phase }: { phase: string }) => phase === 'needsAttention'

/** The offer of an official store, under the id of what was asked about, found at the removal. */
async function changedCase(sellerId: string): Promise<ReportedCase> {
  const one = await reportAskedCase(cases.service, { sellerId: `old-of-${sellerId}` })
  await changeOffer(one, {
    title: 'Official shoulder bag',
    price: { amount: 2400, currency: 'CNY' },
    seller: { id: sellerId, officialStore: true },
  })
  expect((await cases.decide(one.caseId, CONFIRMED)).statusCode).toBe(200)
  await untilRecorded(cases.service, one.caseId, isStuck)
  return one
}

describe('a listing that is another at its removal', () => {
  it('is shown as it is, asked about as it is, and never removed by what was said before', async () => {
    const one = await changedCase('official-a')
    const { caseId } = one
    const stuck = await cases.read(caseId, 'accountManager')
    expect(stuck.attention?.observed).toMatchObject({
      title: 'Official shoulder bag',
      seller: { id: 'official-a', officialStore: true },
    })
    const old = stuck.shownHash ?? ''
    const returned = await cases.send(caseId, 'return-to-brand', { message: 'it changed' })
    expect(returned.statusCode).toBe(200)
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'awaitingBrand')

    const asked = await cases.read(caseId)
    expect(asked).toMatchObject({
      title: 'Official shoulder bag',
      sellerId: 'official-a',
      shown: { title: 'Official shoulder bag', price: { amount: 2400 } },
      shownBefore: { title: expect.stringContaining('Classic'), price: { amount: 199 } },
    })
    const list = await cases.api.call('GET', '/v1/cases?sellerId=official-a', { key: 'operator' })
    expect(list.json()).toMatchObject({ items: [{ caseId, shownHash: asked.shownHash }] })

    const byApi = await cases.decide(caseId, { ...CONFIRMED, shownHash: old })
    expect(outcome(byApi)).toEqual([409, 'listing-changed'])
    expect(problemOf(byApi)).toMatchObject({
      shown: { hash: asked.shownHash, title: 'Official shoulder bag' },
      decidedOn: { hash: old, title: expect.stringContaining('Classic') },
    })
    const inBatch = await cases.batch({ ...CONFIRMED, decisions: [{ caseId, shownHash: old }] })
    expect(inBatch.json()).toMatchObject({
      results: [{ status: 409, problem: { code: 'listing-changed' } }],
    })
    const csv = `caseId,shownHash,verdict,attestation\n${caseId},${old},counterfeit,true\n`
    expect((await cases.batch(csv, { 'content-type': 'text/csv' })).json()).toMatchObject({
      results: [{ status: 409, problem: { code: 'listing-changed' } }],
    })
    const unnamed = await cases.batch({ ...CONFIRMED, decisions: [{ caseId }] })
    expect(unnamed.json()).toMatchObject({ results: [{ status: 422 }] })
    const page = await cases.api.app.inject({
      method: 'POST',
      url: answerLink(caseId),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `verdict=counterfeit&attestation=accepted&shownHash=${old}`,
    })
    expect(page.statusCode).toBe(409)
    expect(page.body).toContain('has changed since you opened this page')
    expect(page.body).toContain('Classic shoulder bag')
    expect(page.body).toContain('<p class="title">Official shoulder bag</p>')
    expect(page.body).toContain(`name="shownHash" value="${asked.shownHash}"`)
    expect(page.body).not.toMatch(/value="(counterfeit|accepted)"[^>]*checked/)
    expect(await removalsOf(one)).toEqual([])

    const { shownHash } = asked
    if (!shownHash) throw new Error('nothing is shown')
    expect((await cases.decide(caseId, { ...CONFIRMED, shownHash })).statusCode).toBe(200)
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    const ended = await cases.read(caseId)
    expect(ended).toMatchObject({
      outcome: 'takenDown',
      decision: { shownHash },
      sellerHistory: { removedIn90Days: 1 },
    })
    const next = await reportAskedCase(cases.service, { sellerId: 'old-of-official-a' })
    expect((await cases.read(next.caseId)).sellerHistory).toEqual({ open: 1, removedIn90Days: 0 })
  })

  it('accepted by staff as it is, is looked at again when it changes once more', async () => {
    const one = await changedCase('official-b')
    await changeOffer(one, { title: 'A third bag', seller: { id: 'official-c' } })
    const { rev } = await cases.read(one.caseId, 'accountManager')
    const retried = await cases.send(one.caseId, 'retry-takedown', { acceptChanged: true })
    expect(retried.statusCode).toBe(200)
    const state = await untilRecorded(
      cases.service,
      one.caseId,
      (recorded) => recorded.rev > rev + 1 && isStuck(recorded),
    )
    expect(state.attention).toMatchObject({
      reason: 'listingChanged',
      observed: { title: 'A third bag', seller: { id: 'official-c' } },
    })
    expect(await removalsOf(one)).toEqual([])
    await cases.send(one.caseId, 'retry-takedown', { acceptChanged: true })
    await untilRecorded(cases.service, one.caseId, ({ phase }) => phase === 'closed')
    expect(await removalsOf(one)).toHaveLength(1)
  })
})
