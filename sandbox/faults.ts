import { type Static, Type } from 'typebox'
import { OPERATIONS, type Operation } from './shop.js'

const scope = {
  /** Absent = every marketplace. */
  marketplace: Type.Optional(Type.String()),
  /** Absent = every listing. */
  listingId: Type.Optional(Type.String()),
  /** Absent = every operation for `down`, takedown requests for the rest. */
  operations: Type.Optional(Type.Array(Type.Enum(OPERATIONS), { minItems: 1 })),
  /** How many requests it hits; absent = until it is cleared. */
  count: Type.Optional(Type.Integer({ minimum: 1 })),
}
const reason = {
  code: Type.String({ minLength: 1, maxLength: 64 }),
  detail: Type.String({ minLength: 1, maxLength: 500 }),
}
const strict = { additionalProperties: false }
const durationMs = Type.Integer({ minimum: 1, maximum: 600_000 })

/** A way for a marketplace to misbehave; each kind tries one promise of a client. */
export const FaultSchema = Type.Union([
  /** Waits before it acts: a client that has given up by then may still see the effect. */
  Type.Object({ kind: Type.Literal('slow'), ...scope, delayMs: durationMs }, strict),
  /** 503, or every connection is cut. Nothing is done. */
  Type.Object(
    { kind: Type.Literal('down'), ...scope, connection: Type.Optional(Type.Literal('reset')) },
    strict,
  ),
  /** 429 with `Retry-After`. Nothing is done. */
  Type.Object(
    {
      kind: Type.Literal('rateLimited'),
      ...scope,
      retryAfterS: Type.Integer({ minimum: 0, maximum: 3600 }),
    },
    strict,
  ),
  /** 500 before anything is done. */
  Type.Object({ kind: Type.Literal('serverError'), ...scope }, strict),
  /** 422 with a reason, for good. */
  Type.Object({ kind: Type.Literal('refuse'), ...scope, ...reason }, strict),
  /** Carries every request out again, whatever its key: what an API without keys would do. */
  Type.Object({ kind: Type.Literal('ignoreKey'), ...scope }, strict),
  /** Answers 202 and acts (or refuses, with `refusal`) after `delayMs`. */
  Type.Object(
    {
      kind: Type.Literal('pending'),
      ...scope,
      delayMs: durationMs,
      refusal: Type.Optional(Type.Object(reason, strict)),
    },
    strict,
  ),
  /** Acts, then answers 500. */
  Type.Object({ kind: Type.Literal('serverErrorAfter'), ...scope }, strict),
  /** Acts, then cuts the connection instead of answering. */
  Type.Object({ kind: Type.Literal('dropReply'), ...scope }, strict),
])
export type Fault = Static<typeof FaultSchema>
export type FaultKind = Fault['kind']

/** The order in which kinds take hold of one request. */
const ORDER = [
  'slow',
  'down',
  'rateLimited',
  'serverError',
  'refuse',
  'ignoreKey',
  'pending',
  'serverErrorAfter',
  'dropReply',
] as const satisfies readonly FaultKind[]
/** After one of these nothing else can happen to the request. */
const LAST: ReadonlySet<FaultKind> = new Set([
  'down',
  'rateLimited',
  'serverError',
  'serverErrorAfter',
  'dropReply',
])

/** A request that faults may hit. */
export interface FaultTarget {
  marketplace: string
  listingId: string | null
  operation: Operation
}

/** The faults that are on. They live in memory: a restarted sandbox behaves. */
export interface Faults {
  list(): readonly Fault[]
  replace(faults: Fault[]): void
  /** The faults that apply to this request, at most one of a kind; each use counts. */
  take(target: FaultTarget): Fault[]
}

/** No fault is on. */
export function createFaults(): Faults {
  let active: Fault[] = []

  function use(fault: Fault): void {
    if (fault.count === undefined) return
    const left = fault.count - 1
    active = active.flatMap((other) =>
      other !== fault ? [other] : left > 0 ? [{ ...fault, count: left }] : [],
    )
  }

  return {
    list: () => active,
    replace: (faults) => {
      active = faults.map((fault) => ({ ...fault }))
    },
    take: (target) => {
      const taken: Fault[] = []
      for (const kind of ORDER) {
        const fault = active.find((candidate) => candidate.kind === kind && hits(candidate, target))
        if (!fault) continue
        use(fault)
        taken.push(fault)
        if (LAST.has(kind)) break
      }
      return taken
    },
  }
}

/** The fault of this kind among those taken for a request. */
export function faultOf<Kind extends FaultKind>(
  faults: readonly Fault[],
  kind: Kind,
): Extract<Fault, { kind: Kind }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { kind: Kind }> => fault.kind === kind)
}

function hits(fault: Fault, { marketplace, listingId, operation }: FaultTarget): boolean {
  if (fault.marketplace !== undefined && fault.marketplace !== marketplace) return false
  if (fault.listingId !== undefined && fault.listingId !== listingId) return false
  if (fault.operations) return fault.operations.includes(operation)
  return fault.kind === 'down' || operation === 'requestTakedown'
}
