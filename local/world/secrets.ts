import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { type Static, Type } from 'typebox'
import { readJsonFile, writePrivateJson } from './private-file.js'

const SecretsSchema = Type.Object({
  ANSWER_TOKEN_SECRET: Type.String({ minLength: 32 }),
  SANDBOX_TOKEN: Type.String({ minLength: 32 }),
})

/** What the processes of a local stack share and nobody else may know; named as in their environment. */
export type Secrets = Static<typeof SecretsSchema>

/** The secrets of a data folder (`secrets.json`, readable by its owner only), made at the first use. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json')
  const known = await readJsonFile(file, SecretsSchema)
  if (known) return known
  const made: Secrets = { ANSWER_TOKEN_SECRET: randomSecret(), SANDBOX_TOKEN: randomSecret() }
  await writePrivateJson(file, made)
  return made
}

function randomSecret(): string {
  return randomBytes(32).toString('hex')
}
