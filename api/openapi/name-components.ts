import type { Json } from '../../contract/fields/field.js'
import { SENT_AS } from '../../contract/common.js'

type JsonObject = { [key: string]: Json }

/**
 * Moves every schema that has a title of its own into `components.schemas`, so that the contract
 * says each thing once and generated clients get its name. Two schemas of one name must be equal.
 * What a route checks by itself is written as what it checks it by.
 */
export function nameComponents<D extends object>(document: D): D {
  const schemas: JsonObject = {}

  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit)
    if (value === null || typeof value !== 'object') return value
    const sent = value[SENT_AS]
    if (sent !== undefined) return visit(sent)
    const visited = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, visit(v)]))
    return isNamedSchema(visited) ? refer(visited) : visited
  }

  const refer = ({ title, ...schema }: JsonObject & { title: string }): Json => {
    const known = schemas[title]
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`two different schemas are called ${title}; rename one`)
    }
    schemas[title] = schema
    return { $ref: `#/components/schemas/${title}` }
  }

  const plain = JSON.parse(JSON.stringify(document)) as JsonObject
  const paths = visit(plain['paths'] ?? {})
  const webhooks = visit(plain['webhooks'] ?? {})
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  const components = { ...(plain['components'] as JsonObject), schemas: sorted }
  return { ...plain, paths, webhooks, components } as D
}

function isNamedSchema(value: JsonObject): value is JsonObject & { title: string } {
  return typeof value['title'] === 'string' && ('type' in value || 'anyOf' in value)
}
