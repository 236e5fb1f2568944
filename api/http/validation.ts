import type { FastifySchemaCompiler } from 'fastify'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'

// Whoever sends a long form wants to know all that is wrong with it at once.
Settings.Set({ maxErrors: 100 })

/**
 * Compiles a route's schemas. Queries are read here, because the library's own reading of them
 * takes `limit=true` for `limit=1`.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart !== 'querystring') return TypeBoxValidatorCompiler(route)
  const schema = route.schema as { properties?: Record<string, { type?: string }> }
  const check = Compile(route.schema)
  return (query: Record<string, unknown>) => {
    const value = Object.fromEntries(
      Object.entries(query).map(([name, text]) => [
        name,
        readAs(schema.properties?.[name]?.type, text),
      ]),
    )
    return check.Check(value) ? { value } : { error: check.Errors(value) as never }
  }
}

/** A number, a truth value or words between commas as what it says; anything else as it is, for the schema to refuse. */
function readAs(type: string | undefined, text: unknown): unknown {
  if (typeof text !== 'string') return text
  if (type === 'array') return text.split(',')
  if (type === 'integer' && /^-?\d{1,9}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
