import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import prettier from 'prettier'
import { createLogger } from '../platform/logger.js'
import { createTemporalClient } from '../platform/temporal-client.js'
import { createStore } from '../store/create-store.js'
import { accessMatrix } from './callers/access-matrix.js'
import { buildApp } from './app.js'
import { createApiMetrics } from './metrics.js'

const CONTRACT = path.join(import.meta.dirname, '../openapi.json')
const MATRIX = path.join(import.meta.dirname, '../docs/access.md')

/** What the routes make of themselves: the text of `openapi.json`, and of `docs/access.md`. */
export interface Contracts {
  contract: string
  matrix: string
}

/** Both texts. Needs no server: none is called. */
export async function writeContract(): Promise<Contracts> {
  const store = createStore({ uri: 'mongodb://127.0.0.1:27017/contract' })
  const app = buildApp({
    store,
    temporal: createTemporalClient({
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      TEMPORAL_NAMESPACE: 'contract',
    }),
    config: {
      RATE_LIMIT_PER_MINUTE: 1,
      TRUST_PROXY: '',
      OVERLOADED_DELAY_MS: 0,
      POLICY_MIN_WINDOW_MS: 1,
      secrets: { answerToken: [] },
    },
    logger: createLogger('openapi', 'silent'),
    now: Date.now,
    marketplaces: [],
    metrics: createApiMetrics({ withProcess: false }),
  })
  await app.ready()
  const document = app.swagger()
  await app.close()
  await store.close()
  const style = { printWidth: 100, singleQuote: true }
  return {
    contract: await prettier.format(JSON.stringify(document), { parser: 'json', printWidth: 100 }),
    matrix: await prettier.format(accessMatrix(document), { parser: 'markdown', ...style }),
  }
}

async function main(): Promise<void> {
  const { contract, matrix } = await writeContract()
  const files: [string, string][] = [
    [CONTRACT, contract],
    [MATRIX, matrix],
  ]
  if (!process.argv.includes('--check')) {
    for (const [file, text] of files) await writeFile(file, text)
    console.log('openapi.json and docs/access.md are written')
    return
  }
  for (const [file, text] of files) {
    if ((await readFile(file, 'utf8').catch(() => '')) === text) continue
    const name = path.relative(path.join(import.meta.dirname, '..'), file)
    console.error(`${name} does not say what the routes do: run "npm run openapi", commit it`)
    process.exitCode = 1
  }
}

if (process.argv[1] === import.meta.filename) await main()
