import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { StaffRole } from '../../domain/vocabulary.js'
import { brandRecipient, staffRecipient } from '../../domain/notice/recipients.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { type CaseApi, CONFIRMED, startCaseApi } from './case-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

const EMAIL = {
  brandMember: 'mei.lin@northwind.example',
  accountManager: 'ana.souza@platform.example',
} as const
const CONTACT = {
  brandMember: brandRecipient('northwind', 'mei-lin'),
  accountManager: staffRecipient('ana-souza'),
} as const

/** The link in a mail to somebody. */
function linkFor(role: Extract<StaffRole, 'accountManager'> | 'brandMember', caseId: string) {
  return answerLink(caseId, { contactId: CONTACT[role], email: EMAIL[role], role })
}
const show = async (url: string) => (await cases.api.call('GET', url, { key: null })).body

/** Presses the button of the form with that action, with what it sends of itself. */
async function press(url: string, action: string, fields: Record<string, string> = {}) {
  const forms = (await show(url)).split('<form').slice(1)
  const form = forms.find((one) => one.includes(`name="action" value="${action}"`)) ?? ''
  const hidden = form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  const own = Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]))
  return cases.api.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...own, ...fields }).toString(),
  })
}

describe('the page behind the mails of an account manager', () => {
  it('shows what the brand asks and said, and asks the brand again', async () => {
    const caseId = await cases.open()
    const question = 'Which batch number is on the box?'
    await cases.decide(caseId, { verdict: 'needInfo', question })
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'awaitingAccountManager')

    const url = linkFor('accountManager', caseId)
    const page = await show(url)
    expect(page).toContain(question)
    expect(page).toContain('The brand asks')
    expect(page).toMatch(/The brand’s answer so far<\/b>\s*More information needed/)

    const empty = await press(url, 'returnToBrand')
    expect([empty.statusCode, empty.body]).toEqual([
      422,
      expect.stringContaining('Say what the brand should look at.'),
    ])
    const message = 'It says LOT 2214 on the third picture.'
    const done = await press(url, 'returnToBrand', { message })
    expect(done.statusCode).toBe(200)
    expect(done.body).toContain('Waiting for the brand')
    const state = await untilRecorded(
      cases.service,
      caseId,
      ({ phase }) => phase === 'awaitingBrand',
    )
    expect(state.question).toBe(message)

    const brands = await show(linkFor('brandMember', caseId))
    expect(brands).toContain('Your account manager writes')
    expect(brands).toContain(message)
    expect(brands).not.toContain('The brand asks')
    expect(brands).not.toContain('value="returnToBrand"')
  })

  it('says why a case is stuck and offers what helps, and nothing that is refused', async () => {
    const one = await reportAskedCase(cases.service)
    const { caseId } = one
    const { listing } = one.input.sighting
    const changed = { ...listing, unitsPerListing: 1, title: 'Another bag altogether' }
    await cases.service.sandbox.loadListings('taobao', JSON.stringify(changed))
    await cases.decide(caseId, CONFIRMED)
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'needsAttention')

    const url = linkFor('accountManager', caseId)
    const page = await show(url)
    expect(page).toContain('The listing changed while the case was open')
    const offered = [...page.matchAll(/name="action" value="(\w+)"/g)].map(([, act]) => act)
    const allowed = (await cases.read(caseId, 'accountManager')).allowed
    expect(offered.sort()).toEqual(['closeManually', 'retryTakedown', 'returnToBrand'])
    expect(allowed).toEqual(expect.arrayContaining(offered))

    const unlooked = await press(url, 'retryTakedown')
    expect([unlooked.statusCode, unlooked.body]).toEqual([
      422,
      expect.stringContaining('cannot be done as the case stands now'),
    ])
    const closed = await press(url, 'closeManually', { message: 'settled with the seller' })
    expect(closed.statusCode).toBe(200)
    const state = await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    expect(state.ending).toMatchObject({
      outcome: 'closedManually',
      reason: 'settled with the seller',
    })
    const after = await cases.api.call('GET', url, { key: null })
    expect(after.statusCode).toBe(410)
    expect(after.body).toContain('Closed by hand')
    expect(after.body).toContain(listing.listingId)
  })

  it('gives nobody of the brand what is for staff', async () => {
    const caseId = await cases.open()
    const url = linkFor('brandMember', caseId)
    for (const action of ['returnToBrand', 'closeManually', 'retryTakedown']) {
      const answer = await press(url, action, { action, message: 'please' })
      expect(answer.statusCode).toBe(422)
    }
    expect((await cases.read(caseId)).phase).toBe('awaitingBrand')
  })
})
