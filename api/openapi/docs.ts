import swagger, { type SwaggerTransform } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { isBrandRole } from '../../domain/vocabulary.js'
import { type ProblemCode, PROBLEMS } from '../../contract/problems.js'
import { describeFields } from '../../contract/fields/describe-fields.js'
import type { App } from '../routes/route.js'
import { ProblemSchema } from '../../contract/problem-schema.js'
import { describeHeaders } from '../http/response-headers.js'
import { nameComponents } from './name-components.js'
import { ACCESS, rolesWith, type Scope } from '../callers/scopes.js'
import { describedWebhooks } from './webhooks.js'

/** Where people read the contract. */
export const DOCS_PREFIX = '/docs'

const EVERYWHERE: readonly ProblemCode[] = [
  'invalid-request',
  'rate-limited',
  'internal',
  'overloaded',
]
const WITH_KEY: readonly ProblemCode[] = [
  ...EVERYWHERE,
  ...(['unauthenticated', 'missing-scope', 'record-unavailable', 'workflows-unavailable'] as const),
]
const WITH_BODY: readonly ProblemCode[] = [
  'malformed-body',
  'body-too-large',
  'unsupported-media-type',
]

const VERSION = '1.0.0'
const DESCRIPTION = `Suspicious listings become cases; the brand decides each case.

Programs send \`Authorization: Bearer <API key>\`; people sign in and have a session. Every problem is an RFC 9457 document: decide by its
\`code\`. A 2xx answer to a write means that it is durable. Times are ISO 8601 in UTC.`

/** OpenAPI 3.1 from the routes, and a page to read it on, from our own files. */
export function registerDocs(app: App): void {
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Joint-Force',
        version: VERSION,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-joint-force-session',
            description: 'Of people who signed in (`signIn`); by plain HTTP without the prefix.',
          },
        },
      },
    },
    transform: documentOperation,
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject
      const { openapiObject } = document
      const whole = Object.assign({}, openapiObject, { webhooks: describedWebhooks() })
      return describeHeaders(describeFields(nameComponents(whole as typeof openapiObject)))
    },
  })
  void app.register(swaggerUi, {
    routePrefix: DOCS_PREFIX,
    staticCSP: true,
    uiConfig: { docExpansion: 'list', deepLinking: true, tryItOutEnabled: false },
    theme: { title: 'Joint-Force API' },
  })
}

/** Adds what every operation has in common: its problems, its roles, its need of a key. */
const documentOperation: SwaggerTransform = ({ schema, url, route }) => {
  const { scope, problems = [] } = route.config ?? {}
  if (scope === undefined) return { schema: { ...schema, hide: true }, url }
  const isPublic = scope === 'public'
  const codes = [
    ...(isPublic ? EVERYWHERE : WITH_KEY),
    ...(schema.body ? WITH_BODY : []),
    ...(isPublic ? [] : problemsOfReach(scope, route.method)),
    ...problems,
  ]
  const access = isPublic ? '' : `\n\nRoles: ${rolesWith(scope).join(', ')}.`
  return {
    url,
    schema: {
      ...schema,
      description: `${schema.description ?? ''}${access}`.trim(),
      ...(isPublic ? {} : { 'x-scope': scope, 'x-reach': ACCESS[scope].reach }),
      security: securityOf(scope),
      response: { ...describedSuccesses(schema.response), ...problemResponses(codes) },
    },
  }
}

function securityOf(scope: Scope | 'public') {
  if (scope === 'public') return []
  const { reach, roles } = ACCESS[scope]
  const key = reach === 'session' ? [] : [{ apiKey: [] }]
  const isForPeople = roles.some((role) => role !== 'monitor')
  return [...key, ...(isForPeople ? [{ session: [] }] : [])]
}

function problemsOfReach(scope: Scope, method: string | string[]): ProblemCode[] {
  const { reach, roles } = ACCESS[scope]
  const isActing = ![method].flat().includes('GET')
  const isOfBrands = roles.some(isBrandRole)
  return [
    ...(reach === 'wholeBrand' || reach === 'platform' ? (['beyond-reach'] as const) : []),
    ...(isActing ? (['foreign-page'] as const) : []),
    ...(isActing && isOfBrands && reach !== 'session' ? (['brand-inactive'] as const) : []),
  ]
}

function problemResponses(codes: readonly ProblemCode[]) {
  const responses: Record<string, { description: string; content: object }> = {}
  for (const code of new Set(codes)) {
    const { status, title } = PROBLEMS[code]
    const known = responses[status]?.description
    responses[status] = {
      description: `${known ? `${known}; ` : ''}\`${code}\`: ${title}`,
      content: { 'application/problem+json': { schema: ProblemSchema } },
    }
  }
  return responses
}

/** Answers without a body. */
const BODILESS = ['204', '303']
const SUCCESSES: Record<string, string> = {
  200: 'Done',
  201: 'Created',
  202: 'Durable, and on its way',
  204: 'Done, nothing to say',
  303: 'Go on there',
}

function describedSuccesses(response: unknown) {
  const responses = Object.entries((response ?? {}) as Record<string, object>)
  return Object.fromEntries(
    responses.map(([status, schema]) => [
      status,
      'content' in schema || BODILESS.includes(status)
        ? { description: SUCCESSES[status], ...schema }
        : {
            description: SUCCESSES[status],
            content: { 'application/json': { schema } },
          },
    ]),
  )
}
