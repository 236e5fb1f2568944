import path from 'node:path'
import { Type } from 'typebox'
import { isBrandRole, ROLES, type Role } from '../../domain/vocabulary.js'
import { createOperatorKey } from '../../cli/operator-key.js'
import { createStore } from '../../store/create-store.js'
import { createApiClient } from '../../client/client.js'
import { ApiRefusal } from '../../client/errors.js'
import { readJsonFile, writePrivateJson } from './private-file.js'

const FileSchema = Type.Partial(
  Type.Object({
    monitor: Type.String(),
    brandMember: Type.String(),
    brandAdmin: Type.String(),
    accountManager: Type.String(),
    lead: Type.String(),
    operator: Type.String(),
  }),
  { additionalProperties: false },
)

/** One API key per role. */
export type KeyRing = Readonly<Record<Role, string>>

/** Where the keys are and what they are for. */
export interface KeyRingOptions {
  /** Where `keys.json` is kept, readable by its owner only: the service stores hashes alone. */
  dataDir: string
  apiUrl: string
  mongodbUri: string
  /** What the keys of brand members and administrators are for. */
  brandIds: readonly string[]
  /** What the monitor's key is for. */
  marketplaces: readonly string[]
}

/** The keys of a data folder. Those that are missing or no longer work are made anew. */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { dataDir, apiUrl, mongodbUri } = options
  const file = path.join(dataDir, 'keys.json')
  const keys = { ...(await readJsonFile(file, FileSchema)) }
  keys.operator = await working(apiUrl, keys.operator, () => makeFirstOperator(mongodbUri))
  const operator = createApiClient(apiUrl, keys.operator)
  for (const role of ROLES) {
    keys[role] = await working(apiUrl, keys[role], async () => {
      const made = await operator.post<{ key: string }>('/api-keys', newKey(role, options))
      return made.key
    })
  }
  await writePrivateJson(file, keys)
  return keys as Required<typeof keys>
}

async function working(
  apiUrl: string,
  key: string | undefined,
  make: () => Promise<string>,
): Promise<string> {
  if (key === undefined) return make()
  try {
    await createApiClient(apiUrl, key).get('/stats')
    return key
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 401) return make()
    throw error
  }
}

async function makeFirstOperator(mongodbUri: string): Promise<string> {
  const store = createStore({ uri: mongodbUri })
  try {
    const about = { name: 'local operator', createdBy: 'npm start' }
    return (await createOperatorKey(store, about)).secret
  } finally {
    await store.close()
  }
}

function newKey(role: Role, { brandIds, marketplaces }: KeyRingOptions) {
  return {
    name: `local ${role}`,
    role,
    ...(isBrandRole(role) ? { brandIds } : {}),
    ...(role === 'monitor' ? { marketplaces } : {}),
  }
}
