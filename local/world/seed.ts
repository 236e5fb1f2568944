import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DEFAULT_CALENDAR, MINUTE_MS } from '../../domain/calendar.js'
import { type BrandPolicy, DEFAULT_POLICY } from '../../domain/policy.js'
import type { Role } from '../../domain/vocabulary.js'
import { generateApiKey } from '../../platform/api-key.js'
import { AlreadyExists, type AccountManager, type Brand, type Store } from '../../store/store.js'

/** One key per role, as shown to whoever runs the demo. */
export type DemoKeys = Record<Role, string>

const people: Omit<AccountManager, 'rev'>[] = [
  {
    accountManagerId: 'li-wei',
    name: 'Li Wei',
    email: 'li.wei@joint-force.example',
    locale: 'en',
    role: 'lead',
    leadId: null,
    calendar: DEFAULT_CALENDAR,
    active: true,
  },
  {
    accountManagerId: 'ana-souza',
    name: 'Ana Souza',
    email: 'ana.souza@joint-force.example',
    locale: 'en',
    role: 'accountManager',
    leadId: 'li-wei',
    calendar: { ...DEFAULT_CALENDAR, timeZone: 'America/Sao_Paulo' },
    active: true,
  },
]

/** Safety cases of the invented brand run on a clock of minutes, so that one can watch them. */
const minutesPolicy: BrandPolicy = {
  ...DEFAULT_POLICY,
  severities: {
    ...DEFAULT_POLICY.severities,
    S1: {
      brand: {
        windowMs: 4 * MINUTE_MS,
        time: 'clock',
        remindersMs: [2 * MINUTE_MS, 3 * MINUTE_MS],
      },
      accountManager: { windowMs: 3 * MINUTE_MS, time: 'clock', remindersMs: [] },
      lead: { windowMs: 2 * MINUTE_MS, time: 'clock', remindersMs: [] },
      silence: 'neverExpires',
    },
  },
}

type NewBrand = Omit<Brand, 'rev' | 'policyVersion' | 'createdAt' | 'updatedAt'>

const brands: NewBrand[] = [
  {
    brandId: 'hp',
    name: 'HP (demo tenant)',
    active: true,
    contacts: [
      {
        contactId: 'brand-protection',
        name: 'HP Brand Protection',
        email: 'brand-protection@hp-demo.example',
        locale: 'en',
      },
    ],
    accountManagerId: 'ana-souza',
    calendar: { timeZone: 'America/Sao_Paulo', weekdays: [1, 2, 3, 4, 5], holidays: [] },
    policy: DEFAULT_POLICY,
  },
  {
    brandId: 'voltbrook',
    name: 'Voltbrook (invented)',
    active: true,
    contacts: [
      {
        contactId: 'product-safety',
        name: 'Voltbrook Product Safety',
        email: 'product-safety@voltbrook.example',
        locale: 'en',
      },
    ],
    accountManagerId: 'ana-souza',
    calendar: DEFAULT_CALENDAR,
    policy: minutesPolicy,
  },
]

/** Puts the demo tenants, their people and one key per role on record. Repeating it changes nothing. */
export async function seed(store: Store, dataDir: string): Promise<DemoKeys> {
  for (const person of people) await unlessThere(store.admin.createAccountManager(person))
  for (const brand of brands) await unlessThere(store.admin.createBrand(brand))
  return demoKeys(store, dataDir)
}

async function unlessThere(creating: Promise<unknown>): Promise<void> {
  try {
    await creating
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
}

const holders: Record<Role, { id: string; brandIds: string[] | '*' }> = {
  monitor: { id: 'demo-monitor', brandIds: '*' },
  brandMember: { id: 'hp-member', brandIds: ['hp'] },
  brandAdmin: { id: 'hp-admin', brandIds: ['hp'] },
  accountManager: { id: 'ana-souza', brandIds: '*' },
  lead: { id: 'li-wei', brandIds: '*' },
  operator: { id: 'operator', brandIds: '*' },
}

async function demoKeys(store: Store, dataDir: string): Promise<DemoKeys> {
  const file = path.join(dataDir, 'keys.json')
  const known = await readFile(file, 'utf8').catch(() => null)
  if (known !== null) return JSON.parse(known) as DemoKeys
  const keys: Partial<DemoKeys> = {}
  for (const [role, { id, brandIds }] of Object.entries(holders) as [
    Role,
    (typeof holders)[Role],
  ][]) {
    const { keyId, secret, hash } = generateApiKey()
    await store.admin.createApiKey({
      keyId,
      name: id,
      hash,
      role,
      brandIds,
      marketplaces: '*',
      severityCap: 'S1',
      createdAt: new Date(),
      createdBy: 'npm start',
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    })
    keys[role] = secret
  }
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 })
  return keys as DemoKeys
}
