import type { FastifySchemaCompiler } from 'fastify'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

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
        schema.properties?.[name]?.type === 'integer' ? wholeNumber(text) : text,
      ]),
    )
    return check.Check(value) ? { value } : { error: check.Errors(value) as never }
  }
}

/** Decimal digits as their number; anything else as it is, for the schema to refuse. */
function wholeNumber(text: unknown): unknown {
  return typeof text === 'string' && /^-?\d{1,9}$/.test(text) ? Number(text) : text
}
