import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Compile } from 'typebox/compile'
import { describeFields, FIELDS, namesOf } from '../../contract/fields/describe-fields.js'
import { DecisionCsvSchema, itemsOfCsv } from '../../api/http/decision-items.js'
import { BatchDecisionSchema } from '../../contract/decision.js'

interface Schema {
  $ref?: string
  description?: string
  examples?: unknown[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}
interface Content {
  content?: Record<string, { schema: Schema }>
}
interface Operation {
  operationId: string
  parameters?: {
    in: string
    name: string
    description?: string
    example?: unknown
    schema: Schema
  }[]
  requestBody?: Content
  responses: Record<string, Content>
}
interface Contract {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
/** A property or parameter: where it is, and what the contract says of it. */
interface Field {
  path: string[]
  description: string | undefined
  examples: unknown[]
  schema: Schema
}

const committed = await readFile(path.join(import.meta.dirname, '../../openapi.json'), 'utf8')
const contract = JSON.parse(committed) as Contract
const operations = Object.values(contract.paths).flatMap((methods) => Object.values(methods))
const fields = fieldsOf(contract)
const leaves = fields.filter(({ schema }) => !hasFields(schema))

const REMEDY =
  'say it where the schema is (contract, api/routes), or in the table of contract/fields that its ' +
  'noun belongs to, then run "npm run openapi"'

describe('openapi.json', () => {
  it('has fields to describe', () => {
    expect(fields.length).toBeGreaterThan(300)
    expect(fields.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining([
        'Case.missed.dueAt',
        'NewCase.listing',
        'query.cursor',
        'path.caseId',
        'header.idempotency-key',
        'listCases.items',
      ]),
    )
  })

  it('describes every field', () => {
    expect(
      fields
        .filter(({ description }) => !description?.trim())
        .map(({ path }) => `${path.join('.')} has no description: ${REMEDY}`),
    ).toEqual([])
  })

  it('gives an example of every field that has no parts', () => {
    expect(
      leaves
        .filter(({ examples }) => examples.length === 0)
        .map(({ path }) => `${path.join('.')} has no example: ${REMEDY}`),
    ).toEqual([])
  })

  it('gives no example that its own schema would refuse', () => {
    expect(
      leaves.flatMap(({ path, schema, examples }) => {
        const check = Compile(schema)
        return examples
          .filter((example) => !check.Check(example))
          .map((example) => `${path.join('.')} cannot be ${JSON.stringify(example)}: ${REMEDY}`)
      }),
    ).toEqual([])
  })

  it('types what a batch consists of', () => {
    const { schemas } = contract.components
    const itemsOf = (name: string, field: string) => schemas[name]?.properties?.[field]?.items?.$ref

    expect({
      reports: itemsOf('IntakeBatch', 'cases'),
      reportResults: itemsOf('IntakeBatchResult', 'results'),
      decisions: itemsOf('DecisionBatch', 'decisions'),
      decisionResults: itemsOf('DecisionBatchResult', 'results'),
    }).toEqual({
      reports: '#/components/schemas/NewCase',
      reportResults: '#/components/schemas/IntakeResult',
      decisions: '#/components/schemas/BatchDecision',
      decisionResults: '#/components/schemas/DecisionResult',
    })
    const batch = operations.find(({ operationId }) => operationId === 'decideCases')
    expect(batch?.requestBody?.content?.['text/csv']?.schema.$ref).toBe(
      '#/components/schemas/DecisionCsv',
    )
  })
})

describe('the example of a CSV of decisions', () => {
  it('is one that is taken whole', async () => {
    const { examples = [] } = DecisionCsvSchema as Schema
    const { items, ignoredColumns } = await itemsOfCsv(String(examples[0]))

    expect(items.length).toBeGreaterThan(1)
    expect(ignoredColumns).toEqual([])
    const check = Compile(BatchDecisionSchema)
    expect(items.filter(({ fields }) => !check.Check(fields))).toEqual([])
  })
})

describe('the tables of fields', () => {
  it('name no field that the contract lacks', () => {
    const names = new Set(fields.flatMap(({ path }) => namesOf(path)))

    expect(Object.keys(FIELDS).filter((name) => !names.has(name))).toEqual([])
  })

  it('leave alone what a schema says of itself', () => {
    const schema = { type: 'string', description: 'Its own.', examples: ['of its own'] }
    const described = describeFields({
      paths: {},
      components: { schemas: { Thing: { properties: { caseId: { ...schema }, brandId: {} } } } },
    })

    expect(described.components.schemas.Thing.properties).toEqual({
      caseId: schema,
      brandId: { description: FIELDS['brandId']?.description, examples: ['voltbrook'] },
    })
  })
})

function fieldsOf({ paths: _, components }: Contract): Field[] {
  const bodies = operations.flatMap(({ operationId, requestBody = {}, responses }) =>
    [requestBody, ...Object.values(responses)]
      .flatMap(({ content = {} }) => Object.values(content))
      .flatMap(({ schema }) => partsOf(schema, [operationId])),
  )
  const parameters = operations.flatMap(({ parameters = [] }) =>
    parameters.map(({ in: place, name, description, example, schema }) => ({
      path: [place, name],
      description,
      examples: example === undefined ? [] : [example],
      schema,
    })),
  )
  const named = Object.entries(components.schemas).flatMap(([name, schema]) =>
    partsOf(schema, [name]),
  )
  return [...named, ...bodies, ...parameters]
}

function partsOf(schema: Schema, path: string[]): Field[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const field = {
      path: [...path, name],
      description: part.description,
      examples: part.examples ?? [],
      schema: part,
    }
    return [field, ...partsOf(part, field.path)]
  })
  return [...own, ...innerOf(schema).flatMap((inner) => partsOf(inner, path))]
}

function hasFields(schema: Schema): boolean {
  return (
    schema.$ref !== undefined || schema.properties !== undefined || innerOf(schema).some(hasFields)
  )
}

function innerOf({ items, anyOf = [] }: Schema): Schema[] {
  return [...(items ? [items] : []), ...anyOf]
}
