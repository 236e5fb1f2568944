import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import * as decision from '../../contract/decision.js'
import { NewCaseSchema } from '../../contract/sighting.js'
import { ReassignmentSchema, RecallSchema } from '../../contract/sweep.js'
import { ATTESTATION_VERSION, type MessageName } from '../../domain/vocabulary.js'
import { inputProblem } from '../../domain/form/input-forms.js'
import { readMessage } from '../../domain/case/messages.js'
import { buildSighting } from '../builders/sighting.js'
import { as, CASE_ID } from '../domain/case/case-driver.js'
import { readSignal } from '../../domain/case/signals.js'
import { forTextFacts } from '../../domain/listing/listing.js'

type Body = Record<string, unknown>

const addressed = { caseId: CASE_ID, caller: as('lead') }
const attested = { accepted: true, textVersion: ATTESTATION_VERSION }

/** A body that has every field, and what its route makes of one that lacks some. */
interface Sent {
  schema: TSchema
  full: Body
  absent?: Body
}
const SENT: Record<MessageName, Sent> = {
  decide: {
    schema: decision.NewDecisionSchema,
    full: {
      decisionId: 'd-1',
      verdict: 'counterfeit',
      right: 'trademark',
      shownHash: 'a'.repeat(64),
      reasonCode: 'x1',
      indicators: ['price', 'seller'],
      explanation: 'no such model',
      confidence: 90,
      attestation: attested,
      proof: 'a call',
      question: 'which batch?',
      allowList: { sku: 'a-1', until: '2027-01-31T12:00:00Z' },
    },
    absent: { decisionId: 'd-0' },
  },
  undecide: {
    schema: decision.UndecideSchema,
    full: { decisionId: 'd-1', reason: 'the wrong row' },
  },
  extendDeadline: {
    schema: decision.ExtendSchema,
    full: { until: '2026-03-20T12:00:00Z', reason: 'on holiday' },
  },
  reassign: {
    schema: decision.ReassignSchema,
    full: { role: 'lead', to: 'eva', reason: 'on holiday' },
  },
  returnToBrand: { schema: decision.ReturnToBrandSchema, full: { message: 'look again' } },
  retryTakedown: { schema: decision.RetryTakedownSchema, full: { acceptChanged: true } },
  closeManually: { schema: decision.CloseSchema, full: { reason: 'settled', force: true } },
  withdraw: { schema: decision.ReasonSchema, full: { reason: 'a bad rule' } },
  addNote: {
    schema: decision.NewNoteSchema,
    full: { text: 'seen', audience: 'brand' },
    absent: { audience: 'internal' },
  },
}

const LENGTHS = [1, 2, 3, 64, 65, 100, 101, 200, 201, 300, 301, 1000, 1001, 2000, 2001, 4000, 4001]
const odd = fc.oneof(
  fc.constantFrom(...[null, true, false, 'true', '', ' ', 'a\0b', 'A b', '\ud800', [], {}]),
  fc.constantFrom(...[-1, 0, 0.5, 30, 100, 101, 1e6, 1e6 + 1, 1e9 + 1, 1e12, 1e13, 1e300]),
  fc.constantFrom(
    'S0',
    'S1',
    'CNY',
    'cny',
    'lead',
    'operator',
    'genuine',
    'guilty',
    'price',
    'eva',
  ),
  fc.constantFrom('2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+08:00', '2026-01-31'),
  fc.constantFrom('2026-02-29T12:00:00Z', '2026-01-31T24:00:00Z', '2026-01-31T12:00:00'),
  fc.tuple(fc.constantFrom(...LENGTHS), fc.constantFrom('a', '😀')).map(([n, c]) => c.repeat(n)),
  fc.constantFrom(0, 8, 9, 30, 31, 51).map((length) => Array.from({ length }, () => 'price')),
)

/** Every place in a body, by its path. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))
  return path.length === 0 ? [...inner, ['unheardOf']] : [path, [...path, 'unheardOf'], ...inner]
}

/** Fields of the schema that the body lacks: they would not be compared. */
function lacking(schema: TSchema, body: unknown, path = ''): string[] {
  if (Array.isArray(body)) return lacking((schema as { items: TSchema }).items, body[0], path)
  const { properties = {} } = schema as { properties?: Record<string, TSchema> }
  return Object.entries(properties).flatMap(([key, each]) => {
    const value = (body as Body)[key]
    return value === undefined ? [`${path}/${key}`] : lacking(each, value, `${path}/${key}`)
  })
}

const GONE = Symbol('gone')

function changed(body: unknown, [key = '', ...rest]: string[], value: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map((each: unknown, index) =>
      String(index) !== key ? each : rest.length > 0 ? changed(each, rest, value) : value,
    )
  }
  const { [key]: old, ...others } = body as Body
  if (rest.length > 0) return { ...others, [key]: changed(old, rest, value) }
  return value === GONE ? others : { ...others, [key]: value }
}

/** The body with one to three things in it changed or left out. */
function bodies(full: Body): fc.Arbitrary<{ body: Body; places: string[] }> {
  const place = fc.constantFrom(...placesIn(full).filter(([first]) => first !== undefined))
  const value = fc.oneof({ weight: 5, arbitrary: odd }, { weight: 2, arbitrary: fc.constant(GONE) })
  return fc.array(fc.tuple(place, value), { maxLength: 3 }).map((changes) => {
    const apart = changes.filter(([path], index) =>
      changes.slice(0, index).every(([[first]]) => first !== path[0]),
    )
    return {
      body: apart.reduce<Body>((body, [path, each]) => changed(body, path, each) as Body, full),
      places: apart.map(([path]) => path.join('.')),
    }
  })
}

describe('the form of a message', () => {
  it.each(Object.keys(SENT).map((name) => [name as MessageName]))(
    '%s takes what its route takes, and nothing else',
    (name) => {
      const { schema, full, absent = {} } = SENT[name]
      const route = Compile(schema)
      expect(lacking(schema, full)).toEqual([])
      const counts = { both: 0, neither: 0 }
      fc.assert(
        fc.property(bodies(full), ({ body, places }) => {
          const isTaken = 'message' in readMessage(name, { ...absent, ...body, ...addressed })
          const isRouted = route.Check(body)
          counts[isTaken ? 'both' : 'neither']++
          // The route fills in the statement's version; a moment without seconds comes by hand.
          if (isRouted) return isTaken || places.includes('attestation.textVersion')
          return !isTaken || places.some((place) => place.endsWith('until'))
        }),
        { numRuns: 1_000 },
      )
      expect(counts.both).toBeGreaterThan(50)
      expect(counts.neither).toBeGreaterThan(50)
    },
  )
})

describe('the form of a sighting', () => {
  it('takes what the route of reports takes, and nothing else but addresses and moments', () => {
    const seller = { id: 's-1', name: 'A', reputation: 'new', transactions: 1, region: 'SP' }
    const picture = { url: 'https://img.example/1', sha256: 'a'.repeat(64), phash: 'ff' }
    const price = { amount: 10, currency: 'CNY' }
    const { sightingId, ...report } = buildSighting({
      externalId: 'x-1',
      listing: {
        ...{ price, suggestedPrice: price, sku: 'a-1', ...forTextFacts(() => 'new') },
        ...{ seller: { ...seller, officialStore: true, since: '2020-01' }, pictures: [picture] },
      },
    })
    expect(lacking(NewCaseSchema, report)).toEqual([])
    const route = Compile(NewCaseSchema)
    const caller = as('monitor')
    const counts = { both: 0, neither: 0 }
    fc.assert(
      fc.property(bodies(report as unknown as Body), ({ body, places }) => {
        const read = readSignal('sightingAdded', { sighting: { ...body, sightingId }, caller })
        const isTaken = 'signal' in read
        const isRouted = route.Check(body)
        counts[isTaken ? 'both' : 'neither']++
        if (isRouted) return isTaken
        return !isTaken || places.some((place) => /url$|capturedAt$/.test(place))
      }),
      { numRuns: 3_000 },
    )
    expect(counts.both).toBeGreaterThan(50)
    expect(counts.neither).toBeGreaterThan(50)
  })
})

describe('the form of a sweep', () => {
  const named = (body: Body) => {
    const { caseIds, from, brandId, ...given } = body
    const whose = from === undefined ? {} : { from, ...(brandId === undefined ? {} : { brandId }) }
    return from === undefined
      ? { kind: 'reassign', role: 'accountManager', ...given, caseIds }
      : { kind: 'handOver', role: 'accountManager', ...given, ...whose }
  }
  const recall = ({ ruleId, monitorVersion, reason = 'wrong', ...unheardOf }: Body) => ({
    ...{ kind: 'recall', rule: { ruleId, monitorVersion }, reason },
    ...unheardOf,
  })
  const full = { to: 'eva', role: 'lead', reason: 'on leave' }
  it.each([
    ['a recall', RecallSchema, recall, { ruleId: 'r', monitorVersion: '1', reason: 'wrong' }],
    ['cases that are named', ReassignmentSchema, named, { ...full, caseIds: [CASE_ID] }],
    ['a person', ReassignmentSchema, named, { ...full, from: 'rui', brandId: 'northwind' }],
  ])('takes what the route of %s takes, and nothing else', (_what, schema, taskOf, body) => {
    const route = Compile(schema)
    const counts = { both: 0, neither: 0 }
    fc.assert(
      fc.property(bodies(body), ({ body: changedBody, places }) => {
        const task = taskOf(changedBody)
        const isTaken = inputProblem('sweep', { task, caller: as('lead') }) === null
        const isRouted = route.Check(changedBody)
        counts[isTaken ? 'both' : 'neither']++
        // The route looks at ids of cases, and which fields go together, by itself.
        const isLookedAt = places.some((place) => /^(caseIds|from|brandId)/.test(place))
        return isTaken === isRouted || (isRouted && isLookedAt)
      }),
      { numRuns: 1_000 },
    )
    expect(counts.both).toBeGreaterThan(50)
    expect(counts.neither).toBeGreaterThan(50)
  })
})
