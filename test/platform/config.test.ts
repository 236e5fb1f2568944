import { describe, expect, it } from '@jest/globals'
import { PATCHES } from '../../domain/release/patches.js'
import { NEW_CASE_RULES, RULES_VERSION } from '../../domain/brand/policy.js'
import {
  readApiConfig,
  readCliConfig,
  readMigrateConfig,
  readWorkerConfig,
} from '../../platform/config.js'
import { RELEASE } from '../../platform/release.js'

const ANSWER_TOKEN_SECRET = 'a secret of the tests that is long enough'

const KEY = Buffer.alloc(32, 7).toString('base64')

describe('the configuration', () => {
  it('needs nothing but the secret on one machine', () => {
    expect(readApiConfig({ ANSWER_TOKEN_SECRET })).toMatchObject({
      API_PORT: 8700,
      LOG_LEVEL: 'info',
      secrets: { answerToken: [ANSWER_TOKEN_SECRET] },
    })
    expect(readCliConfig({})).toMatchObject({ TEMPORAL_ADDRESS: '127.0.0.1:7233' })
  })

  it.each([
    [{ ANSWER_TOKEN_SECRET: undefined }, 'ANSWER_TOKEN_SECRET is not set: '],
    [{ ANSWER_TOKEN_SECRET: 'hunter2' }, 'ANSWER_TOKEN_SECRET does not fit: '],
    [{ ANSWER_TOKEN_SECRET: `${ANSWER_TOKEN_SECRET},hunter2` }, 'Each secret in ANSWER_TOKEN'],
    [{ MONGODB_URI: 'root:hunter2@localhost' }, 'MONGODB_URI does not fit: mongodb://'],
    [{ SMTP_URL: 'me:hunter2@mail.example' }, 'SMTP_URL does not fit: smtp://'],
    [{ TEMPORAL_ADDRESS: 'http://localhost:7233' }, 'TEMPORAL_ADDRESS does not fit: host:port'],
    [{ PUBLIC_URL: 'joint-force.example.com' }, 'PUBLIC_URL does not fit: '],
    [{ PUBLIC_URL: 'https://joint-force.example.com/' }, 'without a path'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL does not fit: trace, debug, info'],
    [{ WORKER_ADMIN_PORT: 'hunter2' }, 'WORKER_ADMIN_PORT does not fit: a port'],
    [{ BUILD_ID: 'hunter2/main' }, 'BUILD_ID does not fit: up to 100 letters'],
    [{ MAIL_GATHER_MS: '-1' }, 'MAIL_GATHER_MS must be >= 0'],
    [{ TEMPORAL_PAYLOAD_KEYS: 'a:hunter2' }, 'TEMPORAL_PAYLOAD_KEYS does not fit: id:key'],
    [{ TEMPORAL_PAYLOAD_KEYS: `a:${KEY},a:${KEY}` }, 'two keys of one name'],
  ])('names what is wrong with %p, and repeats no value', (changes, message) => {
    const read = () => readWorkerConfig({ ANSWER_TOKEN_SECRET, ...changes })
    expect(read).toThrow(message)
    expect(read).not.toThrow('hunter2')
  })

  it('calls workers by the release, unless it is told how', () => {
    for (const [BUILD_ID, buildId] of [
      [undefined, RELEASE],
      ['', RELEASE],
      ['2026-11-25.c0ffee', '2026-11-25.c0ffee'],
    ]) {
      expect(readWorkerConfig({ ANSWER_TOKEN_SECRET, BUILD_ID }).BUILD_ID).toBe(buildId)
      expect(readCliConfig({ BUILD_ID }).BUILD_ID).toBe(buildId)
    }
  })

  it('leaves off what it is told to, of what there is', () => {
    const allUsed = { patchesOff: [], newCaseRules: RULES_VERSION }
    expect(readMigrateConfig({})).toMatchObject(allUsed)
    expect(readMigrateConfig({ PATCHES_OFF: '', NEW_CASE_RULES: '' })).toMatchObject(allUsed)
    const [first = '', second = ''] = PATCHES
    const off = { PATCHES_OFF: `${first},${second}`, NEW_CASE_RULES: String(NEW_CASE_RULES[0]) }
    expect(readMigrateConfig(off)).toMatchObject({
      patchesOff: [first, second],
      newCaseRules: NEW_CASE_RULES[0],
    })
    for (const PATCHES_OFF of ['hunter2', `${first},`, `${first}${second}`, `,${first}`]) {
      expect(() => readMigrateConfig({ PATCHES_OFF })).toThrow('PATCHES_OFF does not fit: any of')
    }
    for (const rules of ['0', String(RULES_VERSION + 1), 'hunter2']) {
      const read = () => readMigrateConfig({ NEW_CASE_RULES: rules })
      expect(read).toThrow('NEW_CASE_RULES does not fit: a version of the rules')
    }
  })

  it('names everything that is wrong at once', () => {
    const read = () => readApiConfig({ API_PORT: '0', LOG_LEVEL: 'loud' })
    expect(read).toThrow(/ANSWER_TOKEN_SECRET is not set[^]*LOG_LEVEL[^]*API_PORT/)
  })

  it('decrypts for the Temporal UI only where there is something to decrypt, and a UI', () => {
    const CODEC_TOKEN = 'hunter2'.repeat(5)
    const complete = {
      ANSWER_TOKEN_SECRET,
      CODEC_TOKEN,
      CODEC_ORIGIN: 'https://temporal.example.com',
      TEMPORAL_PAYLOAD_KEYS: `new:${KEY}, old:${KEY}`,
    }
    const { secrets, ...shown } = readApiConfig(complete)
    expect(secrets.codecToken).toBe(CODEC_TOKEN)
    expect(secrets.temporal.payloadKeys.map(({ id }) => id)).toEqual(['new', 'old'])
    expect(JSON.stringify(shown)).not.toMatch(/hunter2|BwcHBw/)
    for (const name of ['CODEC_ORIGIN', 'TEMPORAL_PAYLOAD_KEYS']) {
      const read = () => readApiConfig({ ...complete, [name]: '' })
      expect(read).toThrow('CODEC_TOKEN needs CODEC_ORIGIN and TEMPORAL_PAYLOAD_KEYS')
      expect(read).not.toThrow('hunter2')
    }
  })

  it('takes keys for the secrets of webhooks, none of them twice, and shows none', () => {
    const given = { ANSWER_TOKEN_SECRET, WEBHOOK_SECRET_KEYS: `new:${KEY}, old:${KEY}` }
    const { secrets, ...shown } = readWorkerConfig(given)
    expect(secrets.webhookKeys.map(({ id }) => id)).toEqual(['new', 'old'])
    expect(JSON.stringify(shown)).not.toContain(KEY)
    expect(readApiConfig({ ANSWER_TOKEN_SECRET }).secrets.webhookKeys).toEqual([])
    const twice = { ANSWER_TOKEN_SECRET, WEBHOOK_SECRET_KEYS: `a:${KEY},a:${KEY}` }
    expect(() => readApiConfig(twice)).toThrow('WEBHOOK_SECRET_KEYS has two keys of one name')
  })

  it('takes several secrets, the newest first', () => {
    const secrets = ['n'.repeat(32), 'o'.repeat(32)]
    const config = readApiConfig({ ANSWER_TOKEN_SECRET: secrets.join(', ') })
    expect(config.secrets.answerToken).toEqual(secrets)
  })
})
