import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomSuffix } from '../../platform/digest.js'
import {
  AlreadyExists,
  EVERYTHING,
  type LateAnswer,
  type SentMail,
  StaleRevision,
  type Store,
  type TenantScope,
} from '../../store/store.js'
import {
  buildAccountManager,
  buildApiKey,
  buildAuthorisedSeller,
  buildBrand,
  buildPolicy,
} from '../builders/brand.js'
import { buildCase, buildDecision } from '../builders/case.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase()
  store = database.store
})
afterAll(() => database.drop())

const newBrandId = () => `brand-${randomSuffix()}`
const stranger: TenantScope = { brandIds: ['contoso'], marketplaces: '*' }
const ownOf = (brandId: string): TenantScope => ({ brandIds: [brandId], marketplaces: '*' })

describe('brands', () => {
  it('creates a brand at revision 1 and reads it back', async () => {
    const brand = buildBrand({ brandId: newBrandId() })

    const created = await store.brands.create(brand)

    expect(created).toMatchObject({ ...brand, rev: 1, policyVersion: 1 })
    expect(await store.brands.find(EVERYTHING, brand.brandId)).toEqual(created)
  })

  it('creates a brand once, however many try', async () => {
    const brand = buildBrand({ brandId: newBrandId() })

    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => store.brands.create(brand)),
    )

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const reasons = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []))
    expect(reasons.every((reason) => reason instanceof AlreadyExists)).toBe(true)
  })

  it('changes only the named fields and moves the revision on', async () => {
    const created = await store.brands.create(buildBrand({ brandId: newBrandId() }))
    const { brandId } = created

    const updated = await store.brands.update(EVERYTHING, brandId, 1, {
      active: false,
      contacts: [],
    })

    expect(updated).toEqual({
      ...created,
      active: false,
      contacts: [],
      rev: 2,
      updatedAt: updated?.updatedAt,
    })
  })

  it('lets one of several overlapping changes through and tells the others', async () => {
    const { brandId } = await store.brands.create(buildBrand({ brandId: newBrandId() }))
    const rename = (name: string) => store.brands.update(EVERYTHING, brandId, 1, { name })

    const results = await Promise.allSettled(['A', 'B', 'C'].map(rename))

    const rejected = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []))
    expect(rejected).toHaveLength(2)
    expect(rejected.every((reason) => reason instanceof StaleRevision)).toBe(true)
    expect(await store.brands.find(EVERYTHING, brandId)).toMatchObject({ rev: 2 })
  })

  it('keeps every version of a policy', async () => {
    const { brandId, policy } = await store.brands.create(buildBrand({ brandId: newBrandId() }))
    const slower = buildPolicy({ coolingOffMs: { single: 60_000, bulk: 600_000 } })

    const saved = await store.brands.savePolicy(EVERYTHING, brandId, 1, slower, 'mei-lin')

    expect(saved).toMatchObject({ policy: slower, policyVersion: 2, rev: 2 })
    expect(await store.brands.policyVersions(EVERYTHING, brandId)).toEqual([
      { version: 1, policy, savedAt: expect.any(Date), savedBy: 'joint-force' },
      { version: 2, policy: slower, savedAt: expect.any(Date), savedBy: 'mei-lin' },
    ])
  })

  it('refuses a policy made from an outdated version and keeps nothing of it', async () => {
    const { brandId } = await store.brands.create(buildBrand({ brandId: newBrandId() }))
    const save = () => store.brands.savePolicy(EVERYTHING, brandId, 1, buildPolicy(), 'mei-lin')

    const results = await Promise.allSettled([save(), save(), save()])

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await expect(save()).rejects.toThrow(StaleRevision)
    const versions = await store.brands.policyVersions(EVERYTHING, brandId)
    expect(versions.map(({ version }) => version)).toEqual([1, 2])
  })

  it('hides a brand from other tenants in every read and write', async () => {
    const created = await store.brands.create(buildBrand({ brandId: newBrandId() }))
    const { brandId } = created

    expect(await store.brands.find(stranger, brandId)).toBeNull()
    expect(await store.brands.update(stranger, brandId, 1, { name: 'taken over' })).toBeNull()
    expect(await store.brands.savePolicy(stranger, brandId, 1, buildPolicy(), 'x')).toBeNull()
    expect(await store.brands.policyVersions(stranger, brandId)).toEqual([])
    expect(await store.brands.list(stranger, { limit: 100 })).toEqual([])
    expect(await store.brands.list(ownOf(brandId), { limit: 100 })).toEqual([created])
  })

  it('lists brands by id, page by page, and knows no unknown brand', async () => {
    const [all, first] = [
      await store.brands.list(EVERYTHING, { limit: 100 }),
      await store.brands.list(EVERYTHING, { limit: 2 }),
    ]
    const after = first.at(-1)?.brandId ?? ''

    const rest = await store.brands.list(EVERYTHING, { limit: 100, after })

    expect([...first, ...rest]).toEqual(all)
    expect(await store.brands.find(EVERYTHING, 'nobody')).toBeNull()
    expect(await store.brands.update(EVERYTHING, 'nobody', 1, { name: 'x' })).toBeNull()
  })
})

describe('account managers', () => {
  it('are created once, changed by revision and listed', async () => {
    const manager = buildAccountManager()

    const created = await store.accountManagers.create(manager)

    expect(created).toEqual({ ...manager, rev: 1 })
    await expect(store.accountManagers.create(manager)).rejects.toThrow(AlreadyExists)
    const changed = await store.accountManagers.update('ana-souza', 1, { leadId: null })
    expect(changed).toEqual({ ...manager, leadId: null, rev: 2 })
    await expect(store.accountManagers.update('ana-souza', 1, { active: false })).rejects.toThrow(
      /is at revision 2, not 1/,
    )
    expect(await store.accountManagers.find('ana-souza')).toEqual(changed)
    expect(await store.accountManagers.list({ limit: 10 })).toEqual([changed])
    expect(await store.accountManagers.list({ limit: 10, after: 'ana-souza' })).toEqual([])
    expect(await store.accountManagers.update('nobody', 1, {})).toBeNull()
    expect(await store.accountManagers.find('nobody')).toBeNull()
  })
})

describe('API keys', () => {
  it('are kept by hash and read by id', async () => {
    const key = buildApiKey({ role: 'monitor', brandIds: ['northwind'], severityCap: 'S3' })

    await store.apiKeys.create(key)

    expect(await store.apiKeys.find(key.keyId)).toEqual(key)
    await expect(store.apiKeys.create(key)).rejects.toThrow(AlreadyExists)
    expect(await store.apiKeys.list({ limit: 10 })).toEqual([key])
    expect(await store.apiKeys.find('unknown')).toBeNull()
  })

  it('keep the instant of the first revocation', async () => {
    const key = await store.apiKeys.create(buildApiKey({ role: 'lead' }))
    const at = new Date('2026-03-02T10:00:00Z')
    const revoke = (keyId: string, when: Date) =>
      store.apiKeys.revoke(keyId, { at: when, by: 'somebody' })

    expect(await revoke(key.keyId, at)).toEqual([key.keyId])
    expect(await revoke(key.keyId, new Date('2026-03-03T10:00:00Z'))).toEqual([])
    expect(await store.apiKeys.find(key.keyId)).toEqual({ ...key, revokedAt: at })
    expect(await revoke('unknown', at)).toEqual([])
  })

  it('remember their last use to the minute, never going back', async () => {
    const key = await store.apiKeys.create(buildApiKey())
    const lastUsed = async () => (await store.apiKeys.find(key.keyId))?.lastUsedAt

    await store.apiKeys.touch(key.keyId, new Date('2026-03-02T10:05:42Z'))
    expect(await lastUsed()).toEqual(new Date('2026-03-02T10:05:00Z'))
    await store.apiKeys.touch(key.keyId, new Date('2026-03-02T10:04:00Z'))
    expect(await lastUsed()).toEqual(new Date('2026-03-02T10:05:00Z'))
  })
})

describe('authorised sellers', () => {
  it('cover a seller on one marketplace from the start to the end of their span', async () => {
    const brandId = newBrandId()
    const entry = buildAuthorisedSeller({
      brandId,
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validUntil: new Date('2026-02-01T00:00:00Z'),
    })
    await store.authorisedSellers.add(entry)
    const query = { brandId, marketplace: 'taobao', sellerId: entry.sellerId, sku: null }
    const find = (at: string, changes = {}) =>
      store.authorisedSellers.covering({ ...query, at: new Date(at), ...changes })

    expect(await find('2026-01-01T00:00:00Z')).toEqual(entry)
    expect(await find('2026-01-31T23:59:59Z', { sku: 'ANY' })).toEqual(entry)
    expect(await find('2025-12-31T23:59:59Z')).toBeNull()
    expect(await find('2026-02-01T00:00:00Z')).toBeNull()
    expect(await find('2026-01-10T00:00:00Z', { marketplace: 'tmall' })).toBeNull()
    expect(await find('2026-01-10T00:00:00Z', { sellerId: 'other' })).toBeNull()
    expect(await find('2026-01-10T00:00:00Z', { brandId: 'contoso' })).toBeNull()
  })

  it('cover one SKU only where the entry names it', async () => {
    const brandId = newBrandId()
    const entry = buildAuthorisedSeller({ brandId, sku: 'BAG-1' })
    await store.authorisedSellers.add(entry)
    const at = new Date('2030-01-01T00:00:00Z')
    const query = { brandId, marketplace: 'taobao', sellerId: entry.sellerId, at }

    expect(await store.authorisedSellers.covering({ ...query, sku: 'BAG-1' })).toEqual(entry)
    expect(await store.authorisedSellers.covering({ ...query, sku: 'BAG-2' })).toBeNull()
    expect(await store.authorisedSellers.covering({ ...query, sku: null })).toBeNull()
  })

  it('are hidden from, and cannot be removed by, other tenants', async () => {
    const brandId = newBrandId()
    const entry = await store.authorisedSellers.add(buildAuthorisedSeller({ brandId }))
    const onTmall: TenantScope = { brandIds: '*', marketplaces: ['tmall'] }
    const { entryId } = entry
    await expect(store.authorisedSellers.add(entry)).rejects.toThrow(AlreadyExists)

    for (const scope of [stranger, onTmall]) {
      expect(await store.authorisedSellers.list(scope, brandId, { limit: 10 })).toEqual([])
      expect(await store.authorisedSellers.remove(scope, brandId, entryId)).toBe(false)
    }
    expect(await store.authorisedSellers.remove(stranger, 'contoso', entryId)).toBe(false)
    const own = ownOf(brandId)
    expect(await store.authorisedSellers.list(own, brandId, { limit: 10 })).toEqual([entry])
    expect(await store.authorisedSellers.remove(own, brandId, entryId)).toBe(true)
    expect(await store.authorisedSellers.remove(own, brandId, entryId)).toBe(false)
  })
})

describe('late answers', () => {
  function lateAnswer(): LateAnswer {
    const { caseId } = buildCase()
    const message = buildDecision({ caseId })
    return {
      caseId,
      decisionId: message.decisionId,
      brandId: 'northwind',
      verdict: message.verdict,
      by: { role: 'brandMember', id: 'mei-lin' },
      receivedAt: new Date('2026-03-05T00:00:00Z'),
      message,
    }
  }

  it('are kept once, the first of equal decision ids', async () => {
    const answer = lateAnswer()

    await store.lateAnswers.add(answer)
    await store.lateAnswers.add({ ...answer, receivedAt: new Date() })

    expect(await store.lateAnswers.list(EVERYTHING, answer.caseId)).toEqual([answer])
  })

  it('are hidden from other brands and marketplaces', async () => {
    const answer = lateAnswer()
    await store.lateAnswers.add(answer)
    const own: TenantScope = { brandIds: ['northwind'], marketplaces: ['taobao'] }

    expect(await store.lateAnswers.list(own, answer.caseId)).toEqual([answer])
    expect(await store.lateAnswers.list(stranger, answer.caseId)).toEqual([])
    expect(
      await store.lateAnswers.list({ ...own, marketplaces: ['tmall'] }, answer.caseId),
    ).toEqual([])
  })

  it('are kept up to a hundred for one case', async () => {
    const answer = lateAnswer()
    for (let n = 0; n < 103; n++) {
      await store.lateAnswers.add({ ...answer, decisionId: `d-${n}` })
    }

    const kept = await store.lateAnswers.list(EVERYTHING, answer.caseId)
    expect(kept).toHaveLength(100)
    expect(kept.map(({ decisionId }) => decisionId)).toContain('d-99')
  })

  it('must name a case', async () => {
    const answer = { ...lateAnswer(), caseId: 'nonsense' }

    await expect(store.lateAnswers.add(answer)).rejects.toThrow(RangeError)
  })
})

describe('mails about cases', () => {
  const at = new Date('2026-03-05T08:00:00Z')
  function mailAbout(caseId: string): SentMail {
    const messageId = `<${randomSuffix()}@joint-force.example>`
    return {
      ...{ mailId: `brand.northwind.mei-lin~asked~${randomSuffix()}`, messageId, kind: 'asked' },
      ...{ contactId: 'brand.northwind.mei-lin', sentAt: at, caseIds: [caseId] },
      ...{ result: 'sent', resultAt: at, detail: null },
    }
  }
  const bounce = { at: new Date('2026-03-05T09:00:00Z'), detail: '5.1.1 no such mailbox' }
  const own: TenantScope = { brandIds: ['northwind'], marketplaces: ['taobao'] }

  it('are each kept once, with what became of them last', async () => {
    const { caseId } = buildCase()
    const mail = mailAbout(caseId)
    await store.mails.keep({ ...mail, messageId: null, result: 'refused', detail: '550' })
    await store.mails.keep(mail)
    expect(await store.mails.about(own, caseId)).toEqual([mail])

    const sentBack = { ...mail, result: 'bounced', resultAt: bounce.at, detail: bounce.detail }
    expect(await store.mails.bounced(mail.messageId ?? '', bounce)).toEqual(sentBack)
    expect(await store.mails.bounced(mail.messageId ?? '', { ...bounce, at: new Date() })).toEqual(
      sentBack,
    )
    await store.mails.keep(mail)
    expect(await store.mails.about(own, caseId)).toEqual([sentBack])
    expect(await store.mails.bounced('<nobody@joint-force.example>', bounce)).toBeNull()
  })

  it('are hidden from other brands and marketplaces', async () => {
    const { caseId } = buildCase()
    await store.mails.keep(mailAbout(caseId))
    for (const scope of [stranger, { ...own, marketplaces: ['tmall'] }]) {
      expect(await store.mails.about(scope, caseId)).toEqual([])
    }
    expect(await store.mails.about(EVERYTHING, 'nonsense')).toEqual([])
  })
})
