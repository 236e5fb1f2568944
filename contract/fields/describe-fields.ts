import { CASE_FIELDS } from './case-fields.js'
import { DASHBOARD_FIELDS } from './dashboard-fields.js'
import { DECISION_FIELDS } from './decision-fields.js'
import { DESK_FIELDS } from './desk-fields.js'
import type { FieldText, FieldTexts, Json } from './field.js'
import { LISTING_FIELDS } from './listing-fields.js'
import { MARKETPLACE_FIELDS } from './marketplace-fields.js'
import { PEOPLE_FIELDS } from './people-fields.js'
import { QUESTION_FIELDS } from './question-fields.js'
import { SAVED_VIEW_FIELDS } from './saved-view-fields.js'
import { SIGN_IN_FIELDS } from './sign-in-fields.js'
import { POLICY_FIELDS } from './policy-fields.js'
import { REFERENCE_FIELDS } from './reference-fields.js'
import { REQUEST_FIELDS } from './request-fields.js'
import { STATS_FIELDS } from './stats-fields.js'
import { SWEEP_FIELDS } from './sweep-fields.js'
import { WEBHOOK_FIELDS } from './webhook-fields.js'

type JsonObject = { [key: string]: Json }

/** The texts of all fields. */
export const FIELDS: FieldTexts = together([
  REQUEST_FIELDS,
  LISTING_FIELDS,
  MARKETPLACE_FIELDS,
  CASE_FIELDS,
  DECISION_FIELDS,
  DESK_FIELDS,
  QUESTION_FIELDS,
  PEOPLE_FIELDS,
  SIGN_IN_FIELDS,
  POLICY_FIELDS,
  STATS_FIELDS,
  DASHBOARD_FIELDS,
  REFERENCE_FIELDS,
  SAVED_VIEW_FIELDS,
  SWEEP_FIELDS,
  WEBHOOK_FIELDS,
])

function together(tables: readonly FieldTexts[]): FieldTexts {
  const all: Record<string, FieldText> = {}
  for (const [name, text] of tables.flatMap((table) => Object.entries(table))) {
    if (name in all) throw new Error(`the field ${name} has two texts; keep one`)
    all[name] = text
  }
  return all
}

/** The names by which the texts of a field are looked up: the longest first. */
export function namesOf(path: readonly string[]): string[] {
  return path.map((_, start) => path.slice(start).join('.'))
}

/**
 * The contract with a description at every property and parameter, and an example at each that has
 * no parts of its own. What the schemas say themselves stays; the first word of a closed list is an
 * example of it.
 */
export function describeFields<D extends object>(document: D): D {
  const { paths, components, ...rest } = structuredClone(document) as unknown as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, JsonObject> }
  }
  for (const [name, schema] of Object.entries(components.schemas)) describeParts(schema, [name])
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const parameter of operation.parameters ?? []) describeParameter(parameter)
    for (const { content = {} } of [
      operation.requestBody ?? {},
      ...Object.values(operation.responses),
    ]) {
      for (const { schema } of Object.values(content))
        describeParts(schema, [operation.operationId])
    }
  }
  return { ...rest, paths, components } as unknown as D
}

interface Operation {
  operationId: string
  parameters?: (JsonObject & { in: string; name: string; schema: JsonObject })[]
  requestBody?: Body
  responses: Record<string, Body>
}
interface Body {
  content?: Record<string, { schema: JsonObject }>
}

function describeParts(schema: JsonObject, path: readonly string[]): void {
  for (const [name, part] of Object.entries(objectOf(schema['properties']))) {
    describe(part, [...path, name])
    describeParts(part, [...path, name])
  }
  for (const inner of innerOf(schema)) describeParts(inner, path)
}

function describe(schema: JsonObject, path: readonly string[]): void {
  const { description, example } = textOf(path)
  if (description !== undefined) schema['description'] ??= description
  if (hasParts(schema) || 'examples' in schema) return
  const shown = exampleOf(schema, example)
  if (shown !== undefined) schema['examples'] = [shown]
}

function describeParameter(parameter: NonNullable<Operation['parameters']>[number]): void {
  const { description, example } = textOf([parameter.in, parameter.name])
  const shown = exampleOf(parameter.schema, example)
  if (description !== undefined) parameter['description'] ??= description
  if (shown !== undefined) parameter['example'] ??= shown
}

/** Each part of the text from the longest name that has it. */
function textOf(path: readonly string[]): FieldText {
  const texts = namesOf(path).flatMap((name) => FIELDS[name] ?? [])
  const description = texts.find((text) => text.description !== undefined)?.description
  const example = texts.find((text) => text.example !== undefined)?.example
  return {
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
  }
}

/** True when a schema consists of fields, which have examples of their own. */
function hasParts(schema: JsonObject): boolean {
  return '$ref' in schema || 'properties' in schema || innerOf(schema).some(hasParts)
}

function innerOf(schema: JsonObject): JsonObject[] {
  const { items, anyOf } = schema
  return [...(items === undefined ? [] : [items]), ...((anyOf ?? []) as Json[])] as JsonObject[]
}

/** The example of the tables, unless the schema is a closed list of other words. */
function exampleOf(schema: JsonObject, example: Json | undefined): Json | undefined {
  const word = firstWord(schema)
  if (example === undefined) return word
  const words = schema['enum'] as Json[] | undefined
  return words === undefined || words.includes(example) ? example : word
}

function firstWord(schema: JsonObject): Json | undefined {
  const {
    enum: words,
    items,
    anyOf,
  } = schema as { enum?: Json[]; anyOf?: JsonObject[] } & JsonObject
  if (words) return words[0]
  if (items) {
    const word = firstWord(items as JsonObject)
    return word === undefined ? undefined : [word]
  }
  return anyOf?.[0] && firstWord(anyOf[0])
}

function objectOf(value: Json | undefined): Record<string, JsonObject> {
  return (value ?? {}) as Record<string, JsonObject>
}
