import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { untilRecorded } from '../setup/reporting.js'
import { type CaseApi, outcome, startCaseApi } from './case-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

/** Of the account manager and of the lead. */
const STAFF = 'ana.souza@platform.example'
const LABEL = 'Answered when it had closed'
const plain = (raw: string) => raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')

/** The mails to an address that tell of a late answer to that case, as text. */
async function toldOf(address: string, listingId: string): Promise<string> {
  return until(
    `${address} is told`,
    () =>
      cases.service.smtp.received
        .filter(({ to }) => to.includes(address))
        .map(({ raw }) => plain(raw))
        .find((raw) => raw.includes(listingId) && raw.includes(LABEL)),
    { withinMs: 20_000 },
  )
}
const lateAnswers = (address: string) =>
  cases.service.smtp.received.filter(
    ({ to, raw }) => to.includes(address) && plain(raw).includes(LABEL),
  )

async function closedByHand() {
  const caseId = await cases.open()
  await cases.send(caseId, 'close', { reason: 'nobody answered' })
  await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
  return cases.read(caseId, 'operator')
}
const press = (url: string, fields: Record<string, string>) =>
  cases.api.app.inject({
    ...{ method: 'POST', url, payload: new URLSearchParams(fields).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

describe('an answer of the brand that comes when its case has closed', () => {
  it('is told to the account manager, whose link shows it and lets them reopen', async () => {
    const { caseId, listingId } = await closedByHand()
    const explanation = 'our shop in Shenzhen sells these'
    const late = await cases.decide(caseId, { verdict: 'genuine', explanation })
    expect(outcome(late)).toEqual([410, 'case-closed'])
    const mail = await toldOf(STAFF, listingId)
    expect(mail).toContain(`Genuine · ${explanation}`.replace('·', '=C2=B7'))
    expect(mail).toContain('Closed by hand')
    expect(mail).toContain('Hello Ana Souza,')

    const url = /\/answer\/[\w.-]+/.exec(mail)?.[0] ?? ''
    const page = await cases.api.call('GET', url, { key: null })
    expect(page.body).toContain(explanation)
    expect(page.body).toContain('name="action" value="reopen"')
    const empty = await press(url, { action: 'reopen', rev: '1', message: ' ' })
    expect([empty.statusCode, empty.body]).toEqual([
      422,
      expect.stringContaining('Say why the case is reopened.'),
    ])
    const form = { action: 'reopen', rev: '1', message: 'the brand says it is theirs' }
    for (const again of [form, form]) expect((await press(url, again)).statusCode).toBe(202)
    const { reopenedBy } = await cases.read(caseId, 'lead')
    const next = await untilRecorded(
      cases.service,
      reopenedBy ?? '',
      ({ phase }) => phase === 'awaitingBrand',
    )
    expect(next.reopens).toMatchObject({
      ...{ reason: form.message, by: { role: 'accountManager', via: 'mailLink' } },
    })
    const after = (await cases.api.call('GET', url, { key: null })).body
    expect(after).toContain(reopenedBy)
    expect(after).not.toContain('value="reopen"')
  })

  it('is told once, and not when it is not of the brand', async () => {
    const { caseId, listingId } = await closedByHand()
    const proof = 'by telephone'
    await cases.decide(caseId, { verdict: 'genuine', proof }, { key: 'accountManager' })
    const answer = { verdict: 'genuine', decisionId: 'd-late' } as const
    for (const again of [answer, answer]) await cases.decide(caseId, again)
    await toldOf(STAFF, listingId)
    const { caseId: other, listingId: another } = await closedByHand()
    await cases.decide(other, { verdict: 'genuine' })
    await toldOf(STAFF, another)
    const ofFirst = lateAnswers(STAFF).filter(({ raw }) => plain(raw).includes(listingId))
    expect(ofFirst).toHaveLength(1)
  })

  it('is told to the lead where the manager is not there any more', async () => {
    const { caseId, listingId } = await closedByHand()
    const { accountManagers } = cases.service.store
    const { rev = 0 } = (await accountManagers.find('ana-souza')) ?? {}
    await accountManagers.update('ana-souza', rev, { active: false })
    await cases.decide(caseId, { verdict: 'genuine' })
    expect(await toldOf(STAFF, listingId)).toContain('Hello Li Wei,')
  })
})
