import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Compile } from 'typebox/compile'
import { IntakeBatchSchema, type NewCase, NewCaseSchema } from '../../contract/sighting.js'

const isBatch = Compile(IntakeBatchSchema)
const isNewCase = Compile(NewCaseSchema)

/** What the server does with one request instead of answering it. */
export type Fault =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown }
  /** Cuts the connection, before or after the cases were taken. */
  | { kind: 'cut'; after: boolean }
  /** Never answers, and tells when it was asked. */
  | { kind: 'hang'; asked: () => void }

export interface IntakeServer {
  url: string
  key: string
  /** Faults for the next requests, in their order; `null` = an ordinary answer. */
  faults: (Fault | null)[]
  /** Listing ids refused per item, with how often, and the problem. */
  refuse: Map<string, { times: number; status: number; code: string }>
  /** Listing ids whose earlier case answers. */
  answered: Set<string>
  /** Cases opened, by external id. */
  opened: Map<string, NewCase>
  /** Sizes of the batches that arrived. */
  requests: number[]
  maxBytes: number
  close(): Promise<void>
}

/** A server that keeps the contract of `POST /v1/cases:batch` and can be made to misbehave. */
export async function startIntakeServer(): Promise<IntakeServer> {
  const server = createServer((request, response) => {
    void handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const state: IntakeServer = {
    url: `http://127.0.0.1:${port}`,
    key: 'jf_live_test',
    faults: [],
    refuse: new Map(),
    answered: new Set(),
    opened: new Map(),
    requests: [],
    maxBytes: 10_000_000,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const text = await textOf(request)
    if (request.method !== 'POST' || request.url !== '/v1/cases:batch') {
      return problem(response, 404, 'not-found')
    }
    if (request.headers.authorization !== `Bearer ${state.key}`) {
      return problem(response, 401, 'unauthenticated')
    }
    if (Buffer.byteLength(text) > state.maxBytes) return problem(response, 413, 'body-too-large')
    const body: unknown = JSON.parse(text)
    if (!isBatch.Check(body)) return problem(response, 400, 'invalid-request')
    state.requests.push(body.cases.length)

    const fault = state.faults.shift()
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status, fault.headers).end(JSON.stringify(fault.body ?? {}))
      return
    }
    if (fault?.kind === 'hang') return fault.asked()
    if (fault?.kind === 'cut' && !fault.after) return request.socket.destroy()
    const results = body.cases.map((item, index) => ({ index, ...take(item) }))
    if (fault?.kind === 'cut') return request.socket.destroy()
    response.writeHead(200, { 'content-type': 'application/json' })
    const counts = { opened: 0, duplicate: 0, alreadyAnswered: 0, rejected: 0 }
    response.end(JSON.stringify({ results: results.toReversed(), counts }))
  }

  function take(item: unknown) {
    if (!isNewCase.Check(item)) {
      const detail = isNewCase.Errors(item).map((e) => `${e.instancePath} ${e.message}`)
      return rejected(400, 'invalid-request', detail.join('; '))
    }
    const { listingId } = item.listing
    const refusal = state.refuse.get(listingId)
    if (refusal && refusal.times > 0) {
      refusal.times -= 1
      return rejected(refusal.status, refusal.code, 'as the test asked')
    }
    const caseId = `case~${item.listing.marketplace}~${listingId}~${item.brandId}~aaaaaaaaaaaaa`
    if (state.answered.has(listingId)) {
      return { result: 'alreadyAnswered', caseId, previousCaseId: caseId }
    }
    const externalId = item.externalId ?? ''
    if (state.opened.has(externalId)) return { result: 'duplicate', caseId }
    state.opened.set(externalId, item)
    return { result: 'opened', caseId }
  }

  return state
}

function rejected(status: number, code: string, detail: string) {
  return { result: 'rejected', problem: { ...problemBody(status, code), detail } }
}

function problem(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify(problemBody(status, code)))
}

function problemBody(status: number, code: string) {
  return { type: `urn:joint-force:problem:${code}`, title: code, status, code, detail: code }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
