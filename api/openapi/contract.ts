import prettier from 'prettier'
import { openPictures } from '../../evidence/create-pictures.js'
import { createLogger } from '../../platform/logger.js'
import { createTemporalClient } from '../../platform/temporal-client.js'
import { createStore } from '../../store/create-store.js'
import { accessMatrix } from '../callers/access-matrix.js'
import { buildApp } from '../app.js'
import { createApiMetrics } from '../metrics.js'

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
      PUBLIC_URL: 'http://127.0.0.1:8700',
      RATE_LIMIT_PER_MINUTE: 1,
      TRUST_PROXY: '',
      OVERLOADED_DELAY_MS: 0,
      POLICY_MIN_WINDOW_MS: 1,
      LIVE_STREAMS: 1,
      LIVE_STREAMS_PER_CALLER: 1,
      secrets: { answerToken: [] },
    },
    bounces: {
      snsTopics: [],
      mailgunKey: '',
      fetchText: () => Promise.reject(new Error('not here')),
    },
    provider: null,
    mail: { send: () => Promise.reject(new Error('nothing is sent')) },
    logger: createLogger('openapi', 'silent'),
    now: Date.now,
    marketplaces: [],
    webhooks: null,
    pictures: openPictures({ folder: '', localOrigins: [], now: Date.now }),
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
