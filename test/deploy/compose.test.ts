import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  type ComposeService,
  exampleProblems,
  modelProblems,
  requiredVariables,
} from '../../tools/lint-deploy/compose.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'

function readText(file: string): Promise<string> {
  return readFile(path.join(REPOSITORY_DIR, file), 'utf8')
}

/** A service nothing can be said against. */
function buildService(changes: ComposeService = {}): ComposeService {
  return { image: 'example/service:1.2', restart: 'unless-stopped', healthcheck: {}, ...changes }
}

describe('the compose file', () => {
  it('demands every secret, and .env.example lists exactly what it demands', async () => {
    const required = requiredVariables(await readText('docker-compose.yml'))
    expect(required).toEqual(
      expect.arrayContaining([
        'ANSWER_TOKEN_SECRET',
        'MONGODB_KEY',
        'MONGODB_PASSWORD',
        'MONGODB_ROOT_PASSWORD',
        'POSTGRES_PASSWORD',
        'SMTP_URL',
      ]),
    )
    expect(exampleProblems(required, await readText('.env.example'))).toEqual([])
  })

  it('has no variable with a default that is named like a secret', async () => {
    const text = await readText('docker-compose.yml')
    const withDefault = [...text.matchAll(/\$\{(\w+):?-/g)].map((match) => match[1])
    expect(withDefault).toContain('LOG_LEVEL')
    expect(withDefault.filter((name) => /PASSWORD|SECRET|KEY|TOKEN/.test(name ?? ''))).toEqual([])
  })
})

describe('exampleProblems', () => {
  it.each([
    ['a variable is missing', ['A', 'B'], 'A=\n', /^B is demanded/],
    ['one too many is listed', ['A'], 'A=\nB=\n', /^B is in the example environment, but/],
    ['one has a value', ['A'], 'A=hunter2\n', /^A has a value/],
  ])('speaks up when %s', (_when, required, example, problem) => {
    expect(exampleProblems(required, example)).toEqual([expect.stringMatching(problem)])
  })

  it('lets optional settings stand as comments', () => {
    expect(exampleProblems(['A'], '# about A\nA=\n#LOG_LEVEL=info\n')).toEqual([])
  })
})

describe('modelProblems', () => {
  it('finds nothing in services that can start', () => {
    const once = buildService({ restart: 'on-failure:5' })
    const api = buildService({
      ports: [{ host_ip: '127.0.0.1', published: '8700' }],
      environment: { API_PASSWORD: 'mongodb://user:sample-api_password@host', LOG_LEVEL: 'info' },
      volumes: [{ type: 'bind', source: REPOSITORY_DIR }, { type: 'volume' }],
      depends_on: {
        database: { condition: 'service_healthy' },
        once: { condition: 'service_completed_successfully' },
      },
    })
    expect(modelProblems({ services: { api, once, database: buildService() } })).toEqual([])
  })

  const { healthcheck: _none, ...unchecked } = buildService()
  it.each<[string, ComposeService, RegExp]>([
    ['an image without a tag', { image: 'host:5000/service' }, /needs a version/],
    ['the latest image', { image: 'example/service:latest' }, /needs a version/],
    [
      'a wait for the health of a service without a check',
      { depends_on: { unchecked: { condition: 'service_healthy' } } },
      /has no healthcheck/,
    ],
    [
      'a wait for the end of a service that is restarted',
      { depends_on: { unchecked: { condition: 'service_completed_successfully' } } },
      /always restarted/,
    ],
    [
      'a wait for no more than a start',
      { depends_on: { unchecked: { condition: 'service_started' } } },
      /only for unchecked to be started/,
    ],
    [
      'a mount of nothing',
      { volumes: [{ type: 'bind', source: path.join(REPOSITORY_DIR, 'deploy/no-such-file') }] },
      /no-such-file, which does not exist/,
    ],
    ['a port open to the network', { ports: [{ published: '8700' }] }, /port 8700 beyond/],
    ['a literal secret', { environment: { DB_PASSWORD: 'hunter2' } }, /^.*DB_PASSWORD is a secret/],
  ])('finds %s', (_what, changes, problem) => {
    const services = { api: buildService(changes), unchecked }
    expect(modelProblems({ services })).toEqual([expect.stringMatching(problem)])
  })
})
