import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { WorkflowHandle } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { createProcessGateway } from '../../api/process-gateway.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { type Database, openDatabase } from '../../store/connection.js'
import { verifyAllRecords, verifyRecord } from '../../store/record/audit.js'
import { EVERYTHING } from '../../store/store.js'
import { BUNDLER_OPTIONS } from '../../worker/bundle/options.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { temporalAddress, testDataDir } from '../setup/environment.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { reconcileNow } from '../setup/reconciling.js'
import '../setup/quiet-temporal.js'
import { answer, answerAsync, type QuestionInput, questionStart } from './question/messages.js'
import { QUESTION_KIND } from './question/question.js'
import { type Questions, QUESTIONS, questionsIn } from './question/records.js'
import type { QuestionWorkerOptions } from './question/worker.js'

const FOLDER = path.join(import.meta.dirname, 'question')
const WITHIN = { withinMs: 30_000 }

let own: OwnNamespace
let database: TestDatabase
let connection: Database
let questions: Questions
let options: QuestionWorkerOptions
let worker: ChildProcess | null = null

beforeAll(async () => {
  ;[own, database] = await Promise.all([openNamespace(), openTestDatabase()])
  connection = openDatabase(database.options)
  await connection.connected()
  questions = questionsIn(connection.connection)
  for (const model of Object.values(connection.connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
  await connection.connection.createCollection('countedAnswers')
  const workflowsPath = path.join(FOLDER, 'workflows.ts')
  const { code } = await bundleWorkflowCode({
    ...{ ...BUNDLER_OPTIONS, workflowsPath, preloadModules: [workflowsPath] },
    logger: new DefaultLogger('ERROR'),
  })
  const codePath = path.join(testDataDir(), `questions-${randomSuffix()}.js`)
  await writeFile(codePath, code)
  const { namespace } = own
  options = { address: temporalAddress(), namespace, uri: database.options.uri, codePath }
  startWorker()
})
afterAll(async () => {
  await killWorker()
  await connection.close()
  await database.drop()
  await own.connection.close()
})

function startWorker(): void {
  const args = ['--import', 'tsx', path.join(FOLDER, 'worker.ts'), JSON.stringify(options)]
  worker = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
}

async function killWorker(): Promise<void> {
  if (!worker || worker.exitCode !== null) return
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
  worker = null
}

const gateway = () =>
  createProcessGateway({
    ...{ temporal: own.client, names: QUESTION_KIND, records: questions.records },
    isEnded: ({ state }) => QUESTION_KIND.isEnded(state),
  })

interface AskedQuestion {
  id: string
  workflowId: string
  handle: WorkflowHandle
}

async function ask(given: Partial<QuestionInput> = {}): Promise<AskedQuestion> {
  const id = given.questionId ?? `question~${randomSuffix()}~1`
  const start = questionStart({
    ...{ questionId: id, brandId: 'northwind', marketplace: 'taobao', text: 'Is it yours?' },
    ...{ remindAfterMs: 600_000, expiresAfterMs: 1_200_000 },
    ...given,
  })
  const handle = await own.client.workflow.start(QUESTION_KIND.workflowType, start)
  return { id, workflowId: start.workflowId, handle }
}

const rowOf = ({ id }: AskedQuestion) => questions.records.get(EVERYTHING, id)
const untilAsked = (one: AskedQuestion) =>
  until(`${one.id} is on record`, async () => (await rowOf(one))?.phase === 'asked', WITHIN)

const send = (to: AskedQuestion, text: string, timeoutMs = 20_000) =>
  gateway().send(
    to,
    answer,
    { questionId: to.id, answer: text },
    { updateId: `${to.id}:${text}`, timeoutMs, fallback: answerAsync },
  )

const typesOf = async ({ id }: AskedQuestion) =>
  (await questions.records.events(EVERYTHING, id)).map(({ event }) => event.type)

/** It ended with that answer, on a whole record, and what the event brings was written with it. */
async function expectAnswered(one: AskedQuestion, text: string): Promise<void> {
  await own.client.workflow.getHandle(one.workflowId).result()
  expect(await rowOf(one)).toMatchObject({ phase: 'answered', state: { answer: text } })
  expect(await questions.countedAnswer(one.id)).toBe(text)
  expect(await verifyRecord(QUESTIONS, questions.records, one.id)).toMatchObject({ finding: null })
}

/** Its workflow ended from outside, and the list of running ones knows. */
async function terminate({ handle, workflowId }: AskedQuestion): Promise<void> {
  await handle.terminate('by mistake')
  const query = `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Terminated'`
  const isListed = async () => (await own.client.workflow.count(query)).count > 0
  await until(`${workflowId} is listed as terminated`, isListed, WITHIN)
}

const untilRestarted = ({ id }: AskedQuestion) =>
  until(
    `${id} is started again`,
    async () => (await reconcileNow(own)).restarted.includes(id),
    WITHIN,
  )

describe('a second kind of recorded process', () => {
  it.concurrent(
    'saves what it acknowledges, with what goes with it, and tells of it before it ends',
    async () => {
      const one = await ask()
      await untilAsked(one)

      expect(await send(one, 'yes')).toMatchObject({
        kind: 'answered',
        answer: { questionId: one.id, rev: 2, phase: 'answered' },
      })
      await expectAnswered(one, 'yes')
      expect(await typesOf(one)).toEqual(['asked', 'answered'])
      expect(await questions.told(one.id)).toEqual(['answered'])
    },
  )

  it.concurrent('keeps its deadlines', async () => {
    const one = await ask({ remindAfterMs: 100, expiresAfterMs: 5_000 })
    expect(await one.handle.result()).toEqual({ phase: 'expired' })
    expect(await typesOf(one)).toEqual(['asked', 'reminded', 'expired'])
    expect((await questions.told(one.id)).sort()).toEqual(['expired', 'reminded'])
  })

  it.concurrent('refuses what its rules refuse', async () => {
    const one = await ask()
    await untilAsked(one)
    expect(await send(one, '')).toMatchObject({
      kind: 'refused',
      failure: { type: 'InvalidMessage' },
    })
    expect(await typesOf(one)).toEqual(['asked'])
  })

  it.concurrent('goes on as new from its record when its history has become long', async () => {
    const one = await ask({ remindAfterMs: 100, continueAfterEvents: 12 })
    const hasContinued = async () => {
      const { raw } = await own.client.workflow.getHandle(one.workflowId).describe()
      return raw.workflowExecutionInfo?.firstRunId !== raw.workflowExecutionInfo?.execution?.runId
    }
    await until('it has continued as new', hasContinued, WITHIN)
    const isAnswered = async () => (await send(one, 'yes')).kind === 'answered'
    await until('the next run takes messages', isAnswered, WITHIN)
    await expectAnswered(one, 'yes')
    expect(await typesOf(one)).toEqual(['asked', 'reminded', 'answered'])
  })

  it.concurrent('answers what comes late from its record', async () => {
    const one = await ask()
    await untilAsked(one)
    await send(one, 'yes')
    await expectAnswered(one, 'yes')

    expect(await send(one, 'no')).toEqual({ kind: 'late' })
    expect(await gateway().standing(EVERYTHING, one.id)).toMatchObject({
      kind: 'ended',
      row: { state: { answer: 'yes' } },
    })
  })

  it.concurrent('takes no message for the next question of its topic', async () => {
    const topic = randomSuffix()
    const first = await ask({ questionId: `question~${topic}~1` })
    await untilAsked(first)
    await terminate(first)
    const next = await ask({ questionId: `question~${topic}~2` })
    await untilAsked(next)

    expect(await send(first, 'yes')).toEqual({ kind: 'late' })
    const standing = await gateway().standing(EVERYTHING, first.id)
    expect(standing).toMatchObject({ kind: 'superseded', by: next.id })
    expect((await reconcileNow(own)).superseded).toContain(first.id)
    await send(next, 'no')
    await expectAnswered(next, 'no')
    await untilRestarted(first)
    expect(await send(first, 'yes')).toMatchObject({ kind: 'answered' })
    await expectAnswered(first, 'yes')
  })

  it.concurrent('shows an edited event to the audit', async () => {
    const one = await ask()
    await untilAsked(one)
    await send(one, 'yes')
    await expectAnswered(one, 'yes')
    await database.raw
      .collection<{ _id: string }>('questionEvents')
      .updateOne({ _id: `${one.id}:2` }, { $set: { 'data.answer': 'no' } })

    const found = []
    for await (const { id, finding } of verifyAllRecords(QUESTIONS, questions.records)) {
      if (finding) found.push({ id, ...finding })
    }
    expect(found).toEqual([expect.objectContaining({ id: one.id, seq: 2, problem: 'shown' })])
  })
})

describe('a killed worker', () => {
  it('loses nothing that was acknowledged', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask()))
    await Promise.all(asked.map(untilAsked))
    const sending = asked.map((one) => send(one, 'yes', 3_000))
    await Promise.race(sending)
    await killWorker()
    const sent = await Promise.all(sending)
    expect(sent.filter(({ kind }) => kind !== 'answered' && kind !== 'kept')).toEqual([])
    startWorker()
    for (const one of asked) await expectAnswered(one, 'yes')
  })

  it('leaves a message to the next, which the gateway had kept for it', async () => {
    const one = await ask()
    await untilAsked(one)
    await killWorker()
    expect(await send(one, 'yes', 500)).toEqual({ kind: 'kept' })
    startWorker()
    await expectAnswered(one, 'yes')
  })
})

describe('a terminated run', () => {
  it('is found and goes on from its record, with the deadlines it had', async () => {
    const one = await ask()
    await untilAsked(one)
    const before = await rowOf(one)
    await terminate(one)

    expect(await gateway().standing(EVERYTHING, one.id)).toMatchObject({ kind: 'interrupted' })
    await untilRestarted(one)
    expect(await send(one, 'yes')).toMatchObject({ kind: 'answered' })
    await expectAnswered(one, 'yes')
    const { dueAt } = before?.state ?? {}
    expect(await rowOf(one)).toMatchObject({
      state: { dueAt, notes: [expect.stringContaining('the question goes on from its record')] },
    })
  })

  it('that was never recorded opens from its input, with what it had been sent', async () => {
    await killWorker()
    const one = await ask()
    expect(await send(one, 'yes', 500)).toEqual({ kind: 'kept' })
    await terminate(one)
    startWorker()
    await untilRestarted(one)
    await expectAnswered(one, 'yes')
  })
})
