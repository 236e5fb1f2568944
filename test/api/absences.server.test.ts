import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from '@temporalio/client'
import { createSendMail } from '../../activities/notice/send-mail.js'
import { casePath } from '../../client/paths.js'
import type { Case } from '../../contract/case.js'
import type { Desk } from '../../contract/desk.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { escalation } from '../../domain/case/waiting/due.js'
import { staffRecipient } from '../../domain/notice/recipients.js'
import type { Role } from '../../domain/vocabulary.js'
import type { Mail } from '../../notifications/mail-transport.js'
import { buildAccountManager, buildBrand } from '../builders/brand.js'
import { buildCase, continueCase, MONDAY_MS } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildMembership } from '../builders/person.js'
import { ANSWER_SECRET } from '../setup/service.js'
import { problemOf, PUBLIC_URL, startApi, type TestApi } from './test-api.js'

let database: TestDatabase
let api: TestApi
let caseId: string
const now = Date.now()
const iso = (days: number) => new Date(now + days * DAY_MS).toISOString()
const absence = '/v1/account-managers/ana-souza/absence'
const away = (from: number, until: number) => ({
  ...{ from: iso(from), until: iso(until), coverId: 'ben-okafor' },
})

beforeAll(async () => {
  database = await openTestDatabase()
  const { store } = database
  await store.accountManagers.create(buildAccountManager())
  await store.accountManagers.create(
    buildAccountManager({
      ...{ accountManagerId: 'ben-okafor', name: 'Ben Okafor', email: 'ben@platform.example' },
    }),
  )
  await store.accountManagers.create(
    buildAccountManager({ accountManagerId: 'li-wei', name: 'Li Wei', role: 'lead', leadId: null }),
  )
  await store.brands.create(buildBrand())
  const opened = buildCase()
  const escalated = continueCase(
    opened,
    [escalation(opened.state, 'accountManager', 'silence', MONDAY_MS + 1)],
    MONDAY_MS + 1,
  )
  ;({ caseId } = escalated)
  await saveBuiltCase(store, escalated)
  api = await startApi({ store, client: {} as Client }, { now: () => now })
})
beforeEach(() => api.call('DELETE', absence))
afterAll(async () => {
  await api.close()
  await database.drop()
})

const setAway = (body: object, call: object = {}) => api.call('PUT', absence, { body, ...call })
const deskOf = async (id: string) =>
  (await api.call('GET', `/v1/desk?accountManagerId=${id}`)).json<Desk>()
const managerOf = async () =>
  (
    await api.call('GET', '/v1/brands/northwind/account-manager', { key: 'brandMember' })
  ).json<object>()

/** The mail that tells the account manager of the case, as it is sent now. */
async function mailed(): Promise<Mail> {
  const sent: Mail[] = []
  const sendMail = createSendMail({
    store: database.store,
    mail: {
      send: async (mail: Mail) => {
        sent.push(mail)
        return { messageId: '<1@joint-force.example>' }
      },
    },
    ...{ publicUrl: PUBLIC_URL, answerTokenSecrets: [ANSWER_SECRET], onCall: null },
  } as never)
  const notice = { noticeId: `${caseId}:3:accountManager`, caseId, rev: 3 }
  await sendMail({
    ...{ contactId: staffRecipient('ana-souza'), kind: 'escalated', window: now },
    notices: [{ ...notice, audience: 'accountManager' }],
  })
  const [mail] = sent
  if (!mail) throw new Error('no mail was sent')
  return mail
}

describe('while somebody is away', () => {
  it('whoever covers finds their brands and cases on the desk, and afterwards no more', async () => {
    expect((await deskOf('ben-okafor')).escalated).toEqual([])
    expect((await setAway(away(-1, 5))).statusCode).toBe(200)

    const desk = await deskOf('ben-okafor')
    expect(desk.coversFor).toEqual([
      { accountManagerId: 'ana-souza', name: 'Ana Souza', until: iso(5) },
    ])
    expect(desk.brands.map(({ brandId }) => brandId)).toEqual(['northwind'])
    expect(desk.escalated.map((one) => one.caseId)).toEqual([caseId])
    expect((await deskOf('ana-souza')).absence).toMatchObject({ coverName: 'Ben Okafor' })

    await api.call('DELETE', absence)
    expect(await deskOf('ben-okafor')).toMatchObject({ coversFor: [], brands: [], escalated: [] })
  })

  it('whoever covers is named to the brand', async () => {
    const coverOf = async (key: Role) =>
      (await api.call('GET', `/v1${casePath(caseId)}`, { key })).json<Case>()
        .accountManagerCoverName
    expect(await coverOf('brandMember')).toBeNull()
    expect(await managerOf()).toEqual({ name: 'Ana Souza', coversFor: null, until: null })
    await setAway(away(-1, 5))
    expect(await managerOf()).toEqual({
      ...{ name: 'Ben Okafor', coversFor: 'Ana Souza', until: iso(5) },
    })
    expect(await coverOf('brandMember')).toBe('Ben Okafor')
    expect(await coverOf('monitor')).toBeNull()
    await setAway(away(1, 5))
    expect(await managerOf()).toEqual({ name: 'Ana Souza', coversFor: null, until: null })
  })

  it('whoever covers gets the mails, which say why and lead to the portal', async () => {
    const own = await mailed()
    expect(own.to).toEqual({ name: 'Ana Souza', address: 'ana.souza@platform.example' })
    expect(own.text).toContain('/answer/')

    await setAway(away(-1, 5))
    const covered = await mailed()
    expect(covered.to).toEqual({ name: 'Ben Okafor', address: 'ben@platform.example' })
    expect(covered.text).toMatch(/you cover for Ana Souza/)
    expect(covered.text).not.toContain('/answer/')
    expect(covered.text).toContain(`case=${encodeURIComponent(caseId)}`)
  })
})

describe('an absence', () => {
  it('is said by themselves, by a lead, and by no other account manager', async () => {
    const session = async (accountManagerId: string) =>
      (
        await api.makePerson({
          accountManagerId,
          memberships: [buildMembership({ role: 'accountManager' })],
        })
      ).session
    const others = await setAway(away(-1, 5), { session: await session('ben-okafor') })
    expect([others.statusCode, problemOf(others).code]).toEqual([403, 'not-allowed-for-role'])
    expect((await setAway(away(-1, 5), { session: await session('ana-souza') })).statusCode).toBe(
      200,
    )
    expect((await setAway(away(1, 2), { key: 'lead' })).statusCode).toBe(200)
  })

  it('needs somebody who can cover, or a substitute', async () => {
    const { coverId: _none, ...unnamed } = away(1, 2)
    for (const body of [unnamed, { ...unnamed, coverId: 'li-wei' }, away(2, 1)]) {
      expect(problemOf(await setAway(body)).code).toBe('invalid-value')
    }
    const path = '/v1/account-managers/ana-souza'
    const etag = (await api.call('GET', path)).headers['etag'] as string
    const headers = { 'if-match': etag }
    await api.call('PATCH', path, { headers, body: { substituteId: 'ben-okafor' } })
    expect((await setAway(unnamed)).json()).toMatchObject({ absence: { coverId: 'ben-okafor' } })
  })
})
