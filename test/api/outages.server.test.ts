import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import type { Intake } from '../../contract/sighting.js'
import { createStore } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import { temporalAddress } from '../setup/environment.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { startService, type TestService } from '../setup/service.js'
import { type Door, makeDoor } from './door.js'
import { buildNewCase } from './new-case.js'
import { casePath, problemOf, startApi, type TestApi } from './test-api.js'

// The API reaches both servers through doors; the worker has its own way to them.
let service: TestService
let database: Door
let temporal: Door
let store: Store
let connection: Connection
let api: TestApi

beforeAll(async () => {
  service = await startService()
  const uri = new URL(service.database.options.uri)
  database = await makeDoor({ host: uri.hostname, port: Number(uri.port) })
  uri.port = String(database.port)
  uri.searchParams.set('directConnection', 'true')
  store = createStore({ uri: uri.href })
  const [host = '', port] = temporalAddress().split(':')
  temporal = await makeDoor({ host, port: Number(port) })
  connection = Connection.lazy({ address: `127.0.0.1:${temporal.port}` })
  const client = new Client({ connection, namespace: service.namespace })
  api = await startApi({ store, client })
})
afterAll(async () => {
  await api.close()
  await connection.close()
  await store.close()
  await Promise.all([database.shut(), temporal.shut()])
  await service.stop()
})

const openCase = async () => (await reportAskedCase(service)).caseId
const report = () => api.call('POST', '/v1/cases', { key: 'monitor', body: buildNewCase() })

describe('while MongoDB is away', () => {
  it('takes reports and decisions of those it knows, and nothing else', async () => {
    const [caseId, mailed] = [await openCase(), await openCase()]
    const url = answerLink(mailed)
    const { secret: stranger } = await api.makeKey({ role: 'monitor', marketplaces: ['taobao'] })
    expect((await report()).statusCode).toBe(202)
    expect((await api.call('GET', casePath(caseId), { key: 'brandMember' })).statusCode).toBe(200)
    expect((await api.call('GET', url, { key: null })).statusCode).toBe(200)

    await database.shut()
    const reported = await report()
    expect(reported.statusCode).toBe(202)
    const decided = await api.call('POST', casePath(caseId, '/decision'), {
      key: 'brandMember',
      body: { verdict: 'genuine' },
    })
    expect([decided.statusCode, decided.json<{ applied: boolean }>().applied]).toEqual([200, true])
    const answered = await api.app.inject({
      method: 'POST',
      url: url,
      payload: 'verdict=genuine',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answered.statusCode).toBe(200)

    const unread = await api.call('GET', casePath(caseId), { key: 'brandMember' })
    expect([unread.statusCode, problemOf(unread).code]).toEqual([503, 'record-unavailable'])
    expect(unread.headers['retry-after']).toBe('5')
    const unknown = await api.call('POST', '/v1/cases', { key: stranger, body: buildNewCase() })
    expect([unknown.statusCode, problemOf(unknown).code]).toEqual([503, 'record-unavailable'])
    const page = await api.call('GET', url, { key: null })
    expect([page.statusCode, page.headers['content-type']]).toEqual([
      503,
      'text/html; charset=utf-8',
    ])

    await database.open()
    for (const id of [caseId, mailed, reported.json<Intake>().caseId]) {
      await untilRecorded(service, id, ({ phase }) => phase !== 'opening')
    }
    const again = await api.call('GET', casePath(caseId), { key: 'brandMember' })
    expect(again.json()).toMatchObject({ phase: 'closed', outcome: 'released' })
  })
})

describe('while Temporal is away', () => {
  it('reads, and says that reports and messages have to be sent again', async () => {
    const caseId = await openCase()
    await temporal.shut()

    const reported = await report()
    expect([reported.statusCode, problemOf(reported).code]).toEqual([503, 'workflows-unavailable'])
    expect(reported.headers['retry-after']).toBe('5')
    const decided = await api.call('POST', casePath(caseId, '/decision'), {
      key: 'brandMember',
      body: { verdict: 'genuine' },
    })
    expect(decided.statusCode).toBe(503)
    const cases = Array.from({ length: 200 }, () => buildNewCase())
    const startedAt = Date.now()
    const batch = await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: { cases } })
    expect(batch.json()).toMatchObject({ counts: { opened: 0, rejected: 200 } })
    expect(Date.now() - startedAt).toBeLessThan(15_000)
    const read = await api.call('GET', casePath(caseId), { key: 'brandMember' })
    expect(read.json()).toMatchObject({ phase: 'awaitingBrand' })

    await temporal.open()
    const deadline = Date.now() + 30_000
    let status = 0
    while ((status = (await report()).statusCode) !== 202 && Date.now() < deadline);
    expect(status).toBe(202)
  })
})
