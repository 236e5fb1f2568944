import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Compile as CompileJsonSchema } from 'typebox/schema'
import {
  ListingSchema,
  PROBLEM_STATUS,
  ProblemSchema,
  RestorationBodySchema,
  TakedownBodySchema,
  TakedownListSchema,
  TakedownSchema,
} from '../../marketplaces/contract.js'
import { listingRow, SANDBOX_TOKEN, startSandbox, takedownBody } from '../sandbox/start-sandbox.js'

interface Content {
  schema: { $ref: string }
  examples: Record<string, { value: object }>
}
interface Carrier {
  $ref?: string
  content?: Record<string, Content>
}
interface OpenApi {
  paths: Record<
    string,
    Record<string, { requestBody?: Carrier; responses: Record<string, Carrier> }>
  >
  components: {
    schemas: Record<string, { properties?: { code?: { enum: string[] } } }>
    responses: Record<string, Carrier>
  }
}

const path = new URL('../../docs/marketplace-api.openapi.json', import.meta.url)
const document = JSON.parse(await readFile(path, 'utf8')) as OpenApi

/** The document's names for what the client and the sandbox check by their own schemas. */
const ours: Record<string, TSchema> = {
  Listing: ListingSchema,
  Takedown: TakedownSchema,
  TakedownList: TakedownListSchema,
  TakedownRequest: TakedownBodySchema,
  Restoration: RestorationBodySchema,
  Problem: ProblemSchema,
}

function documented(name: string, value: unknown): boolean {
  const { components } = document
  return CompileJsonSchema({ components, $ref: `#/components/schemas/${name}` }).Check(value)
}
function checked(name: string, value: unknown): boolean {
  const schema = ours[name]
  if (!schema) throw new Error(`${name} has no schema in the contract`)
  return Compile(schema).Check(value)
}
const nameOf = (content: Content) => content.schema.$ref.split('/').at(-1) ?? ''
function resolved(carrier: Carrier): Carrier {
  const shared = carrier.$ref?.split('/').at(-1)
  return shared === undefined ? carrier : (document.components.responses[shared] ?? {})
}

const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route, method, ...operation })),
)
const examples = operations.flatMap(({ route, method, requestBody, responses }) =>
  [...Object.entries(responses), ...(requestBody ? [['body', requestBody] as const] : [])].flatMap(
    ([place, carrier]) =>
      Object.values(resolved(carrier).content ?? {}).flatMap((content) =>
        Object.entries(content.examples).map(([example, { value }]) => ({
          title: `${method} ${route} ${place} ${example}`,
          name: nameOf(content),
          place,
          value,
        })),
      ),
  ),
)

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(await readFile(path, 'utf8'))
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(validator.version).toBe('3.1')
  })

  it('knows the error codes of the contract and no others', () => {
    const codes = document.components.schemas.Problem?.properties?.code?.enum
    expect([...(codes ?? [])].sort()).toEqual(Object.keys(PROBLEM_STATUS).sort())
  })

  it.each(examples)('example $title is what the client accepts', ({ name, value }) => {
    expect({ documented: documented(name, value), checked: checked(name, value) }).toEqual({
      documented: true,
      checked: true,
    })
  })

  it.each(examples)('without any one field, $title is judged alike', ({ name, value }) => {
    const judged = Object.keys(value).map((field) => {
      const less = Object.fromEntries(Object.entries(value).filter(([key]) => key !== field))
      return { field, documented: documented(name, less), checked: checked(name, less) }
    })
    expect(judged.filter((one) => one.documented !== one.checked)).toEqual([])
  })

  it('gives every error example the status it stands under', () => {
    const wrong = examples
      .filter(({ name }) => name === 'Problem')
      .filter(({ place, value }) => 'status' in value && String(value.status) !== place)
    expect(wrong).toEqual([])
  })
})

describe('the sandbox', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>
  beforeAll(async () => {
    sandbox = await startSandbox()
    const rows = ['A', 'B', 'C'].map((id) => listingRow(id))
    await sandbox.admin.loadListings('mercado-livre', rows.join('\n'))
  })
  afterAll(() => sandbox.close())

  async function call(method: string, target: string, body?: object, token = SANDBOX_TOKEN) {
    const response = await fetch(`${sandbox.url}/m/mercado-livre${target}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    return { status: String(response.status), type, body: await response.json() }
  }

  it('answers every operation as the document says', async () => {
    const takedown = takedownBody('A')
    const first = await call('PUT', '/v1/takedowns/k:1', takedown)
    const { takedownId } = first.body as { takedownId: string }
    await sandbox.admin.withdrawListing('mercado-livre', 'C')
    const seen = [
      ['/v1/takedowns/{key}', 'put', first],
      ['/v1/takedowns/{key}', 'put', await call('PUT', '/v1/takedowns/k:1', takedownBody('B'))],
      ['/v1/takedowns/{key}', 'put', await call('PUT', '/v1/takedowns/k:2', takedown)],
      ['/v1/takedowns/{key}', 'put', await call('PUT', '/v1/takedowns/k:3', takedownBody('C'))],
      ['/v1/takedowns/{key}', 'put', await call('PUT', '/v1/takedowns/k:4', takedownBody('Z'))],
      ['/v1/takedowns/{key}', 'put', await call('PUT', '/v1/takedowns/k:5', { listingId: 'A' })],
      ['/v1/takedowns/{key}', 'put', await call('PUT', '/v1/takedowns/k:6', takedown, 'wrong')],
      ['/v1/takedowns/{key}', 'get', await call('GET', '/v1/takedowns/k:1')],
      ['/v1/takedowns/{key}', 'get', await call('GET', '/v1/takedowns/none')],
      ['/v1/takedowns', 'get', await call('GET', '/v1/takedowns?listingId=A')],
      ['/v1/takedowns', 'get', await call('GET', '/v1/takedowns')],
      ['/v1/listings/{listingId}', 'get', await call('GET', '/v1/listings/A')],
      ['/v1/listings/{listingId}', 'get', await call('GET', '/v1/listings/B')],
      ['/v1/listings/{listingId}', 'get', await call('GET', '/v1/listings/Z')],
      [
        '/v1/takedowns/{key}/restoration',
        'put',
        await call('PUT', '/v1/takedowns/k:1/restoration', { takedownId, reason: 'mistake' }),
      ],
      [
        '/v1/takedowns/{key}/restoration',
        'put',
        await call('PUT', '/v1/takedowns/k:3/restoration', { takedownId, reason: 'mistake' }),
      ],
    ] as const
    const judged = seen.map(([route, method, { status, type, body }]) => {
      const carrier = document.paths[route]?.[method]?.responses[status]
      const content = carrier && resolved(carrier).content?.[type]
      return { status, conforms: content !== undefined && documented(nameOf(content), body) }
    })
    const statuses = [
      200, 409, 200, 200, 404, 400, 401, 200, 404, 200, 400, 410, 200, 404, 200, 404,
    ]
    expect(judged).toEqual(statuses.map((status) => ({ status: String(status), conforms: true })))
  })
})
