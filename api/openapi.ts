import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import prettier from 'prettier'
import { createLogger } from '../platform/logger.js'
import { createTemporalClient } from '../platform/temporal-client.js'
import { createStore } from '../store/create-store.js'
import { buildApp } from './app.js'
import { createApiMetrics } from './metrics.js'

const CONTRACT = path.join(import.meta.dirname, '../openapi.json')

/** The contract the routes make, as the text of `openapi.json`. Needs no server: none is called. */
export async function writeContract(): Promise<string> {
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
      POLICY_MIN_WINDOW_MS: 1,
      secrets: { answerToken: [] },
    },
    logger: createLogger('openapi', 'silent'),
    now: Date.now,
    marketplaces: [],
    metrics: createApiMetrics({ withProcess: false }),
  })
  await app.ready()
  const contract = JSON.stringify(app.swagger())
  await app.close()
  await store.close()
  return prettier.format(contract, { parser: 'json', printWidth: 100 })
}

async function main(): Promise<void> {
  const contract = await writeContract()
  if (!process.argv.includes('--check')) {
    await writeFile(CONTRACT, contract)
    console.log('openapi.json is written')
    return
  }
  if ((await readFile(CONTRACT, 'utf8')) === contract) return
  console.error('openapi.json does not say what the routes do: run "npm run openapi", commit it')
  process.exitCode = 1
}

if (process.argv[1] === import.meta.filename) await main()
