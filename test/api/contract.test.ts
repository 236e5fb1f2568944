import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Validator } from '@seriousme/openapi-schema-validator'
import Fastify from 'fastify'
import { PROBLEMS } from '../../contract/problems.js'
import { guardRoutes } from '../../api/http/hooks.js'
import { nameComponents } from '../../api/openapi/name-components.js'
import { writeContract } from '../../api/openapi/contract.js'
import type { App } from '../../api/routes/route.js'

const committed = await readFile(path.join(import.meta.dirname, '../../openapi.json'), 'utf8')

describe('openapi.json', () => {
  it('says what the routes do', async () => {
    const { contract, matrix } = await writeContract()
    expect(contract).toBe(committed)
    expect(matrix).toBe(
      await readFile(path.join(import.meta.dirname, '../../docs/access.md'), 'utf8'),
    )
  })

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(committed)

    expect(errors).toBeUndefined()
    expect([valid, validator.version]).toEqual([true, '3.1'])
  })

  it('documents the problems every caller has to expect', () => {
    const { paths } = JSON.parse(committed) as {
      paths: Record<string, Record<string, { responses: object; security: object[] }>>
    }
    for (const { responses, security } of Object.values(paths).flatMap((p) => Object.values(p))) {
      const common = security.length > 0 ? ['400', '401', '403', '429', '503'] : ['429', '503']
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(common))
    }
  })

  it('contains no two schemas of one name', () => {
    const named = (type: string) => ({ schema: { title: 'Thing', type } })
    expect(() => nameComponents({ paths: { a: named('string'), b: named('number') } })).toThrow(
      'two different schemas are called Thing',
    )
  })
})

describe('docs/api.md', () => {
  it('lists every problem code', async () => {
    const docs = await readFile(path.join(import.meta.dirname, '../../docs/api.md'), 'utf8')
    for (const [code, { status }] of Object.entries(PROBLEMS)) {
      expect(docs).toMatch(new RegExp(`^\\| \`${code}\` +\\| ${status} `, 'm'))
    }
  })
})

describe('a route without a scope', () => {
  it('keeps the process from booting', () => {
    const app = Fastify() as unknown as App
    guardRoutes(app)

    for (const path of ['/open', '/docs-of-ours']) {
      expect(() => app.get(path, async () => 'secret')).toThrow(`${path} declares no scope`)
    }
  })
})
