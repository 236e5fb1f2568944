/** What the rules below see of a response. */
interface Place {
  operationId: string
  status: number
  /** Whether what the path names is changed with `if-match`. */
  isRevised: boolean
}

interface HeaderRule {
  description: string
  schema: { type: 'string' | 'integer'; format?: string }
  example: string | number
  /** Whether a response may carry it. */
  isOf: (place: Place) => boolean
  /** Whether each of those does. */
  required: boolean
}

/** Statuses after which the same request may succeed later. */
const RETRIABLE = [409, 429, 503]

/** Operations that make what is changed with `if-match` afterwards. */
const MAKES_REVISED = [
  'createBrand',
  'createAccountManager',
  'invitePerson',
  'addReference',
  'saveView',
]
/** Operations that answer, besides 201, with the place of what they made. */
const LOCATED = ['reportCase', 'decideCase', 'recallRule', 'reassignCases']

/** Operations after which a browser keeps another cookie than before. */
const KEPT_BY_BROWSERS = [
  'askForSignInLink',
  'signIn',
  'actAs',
  'signOut',
  'goToProvider',
  'returnFromProvider',
]

const RULES: Record<string, HeaderRule> = {
  'x-request-id': {
    description: 'Names the request in the logs; quote it when you ask about it.',
    schema: { type: 'string', format: 'uuid' },
    example: '0f5f2c2e-6e9b-4a44-9d2f-0d7d0f5f2c2e',
    isOf: () => true,
    required: true,
  },
  'ratelimit-limit': {
    description: 'Requests a minute the key may send, or the address where no key is needed.',
    schema: { type: 'integer' },
    example: 600,
    isOf: () => true,
    required: false,
  },
  'ratelimit-remaining': {
    description: 'Requests left of those.',
    schema: { type: 'integer' },
    example: 599,
    isOf: () => true,
    required: false,
  },
  'ratelimit-reset': {
    description: 'Seconds until all of them may be sent again.',
    schema: { type: 'integer' },
    example: 60,
    isOf: () => true,
    required: false,
  },
  'retry-after': {
    description: 'Seconds after which sending it again may help; absent where waiting does not.',
    schema: { type: 'integer' },
    example: 60,
    isOf: ({ status }) => RETRIABLE.includes(status),
    required: false,
  },
  'www-authenticate': {
    description: 'How to say who you are.',
    schema: { type: 'string' },
    example: 'Bearer',
    isOf: ({ status }) => status === 401,
    required: true,
  },
  etag: {
    description: 'The revision; send it as `If-Match` with a change.',
    schema: { type: 'string' },
    example: '"3"',
    isOf: ({ operationId, status, isRevised }) =>
      (isRevised && status === 200) || (MAKES_REVISED.includes(operationId) && status === 201),
    required: true,
  },
  'set-cookie': {
    description: 'What the browser keeps, and no page can read.',
    schema: { type: 'string' },
    example: '__Host-joint-force-session=…; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure',
    isOf: ({ status, operationId }) => KEPT_BY_BROWSERS.includes(operationId) && status < 400,
    required: true,
  },
  location: {
    description: 'Where what was made can be read, or what became of what was asked.',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/cases/case~taobao~530912345678~hp~4q7xk2mzr5tca/decisions/d-1',
    isOf: ({ status, operationId }) =>
      status === 201 ||
      status === 303 ||
      (LOCATED.includes(operationId) && (status === 200 || status === 202)),
    required: true,
  },
}

interface Operation {
  operationId: string
  parameters?: { in: string; name: string }[]
  responses: Record<string, { headers?: Record<string, { $ref: string }> }>
}
interface Contract {
  paths: Record<string, Record<string, Operation>>
  components: { headers?: Record<string, Omit<HeaderRule, 'isOf'>> }
}

/** The contract with the headers of its responses, each described once in `components.headers`. */
export function describeHeaders<D extends object>(document: D): D {
  const contract = structuredClone(document) as unknown as Contract
  for (const operations of Object.values(contract.paths).map((path) => Object.values(path))) {
    const isRevised = operations.some(takesRevision)
    for (const { operationId, responses } of operations) {
      for (const [status, response] of Object.entries(responses)) {
        response.headers = headersOf({ operationId, isRevised, status: Number(status) })
      }
    }
  }
  contract.components.headers = Object.fromEntries(
    Object.entries(RULES).map(([name, { isOf: _rule, ...header }]) => [name, header]),
  )
  return contract as unknown as D
}

function takesRevision({ parameters = [] }: Operation): boolean {
  return parameters.some((parameter) => parameter.in === 'header' && parameter.name === 'if-match')
}

function headersOf(place: Place): Record<string, { $ref: string }> {
  const names = Object.keys(RULES).filter((name) => RULES[name]?.isOf(place))
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
