import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { type Static, Type } from 'typebox'
import { readJsonFile, writePrivateJson } from './private-file.js'

const SecretsSchema = Type.Object({
  ANSWER_TOKEN_SECRET: Type.String({ minLength: 32 }),
  SANDBOX_TOKEN: Type.String({ minLength: 32 }),
  WEBHOOK_SECRET_KEYS: Type.String({ minLength: 32 }),
})

/** What the processes of a local stack share and nobody else may know; named as in their environment. */
export type Secrets = Static<typeof SecretsSchema>

/** The secrets of a data folder (`secrets.json`, readable by its owner only), made at the first use. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json')
  // An earlier release made fewer of them; what there is stays.
  const known = await readJsonFile(file, Type.Partial(SecretsSchema))
  const made: Secrets = {
    ANSWER_TOKEN_SECRET: randomSecret(),
    SANDBOX_TOKEN: randomSecret(),
    WEBHOOK_SECRET_KEYS: `local:${randomBytes(32).toString('base64')}`,
    ...known,
  }
  const isNew = Object.keys(made).length > Object.keys(known ?? {}).length
  if (isNew) await writePrivateJson(file, made)
  return made
}

function randomSecret(): string {
  return randomBytes(32).toString('hex')
}
