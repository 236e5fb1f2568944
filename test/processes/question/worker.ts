import { Client } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import { createReconciledCases } from '../../../activities/case/restart-case.js'
import { endingInFaults } from '../../../activities/faults.js'
import { createReconcileCases } from '../../../activities/reconcile/reconcile-cases.js'
import { openDatabase } from '../../../store/connection.js'
import { createStore } from '../../../store/create-store.js'
import { CASES_QUEUE } from '../../../workflows/messages.js'
import '../../setup/quiet-temporal.js'
import { createQuestionActivities, createReconciledQuestions } from './activities.js'
import { questionsIn } from './records.js'

// A worker of questions as a process of its own, so that it can be killed.

/** What it is started with, as JSON in its first argument. */
export interface QuestionWorkerOptions {
  address: string
  namespace: string
  uri: string
  codePath: string
}

const { address, namespace, uri, codePath } = JSON.parse(
  process.argv[2] ?? '',
) as QuestionWorkerOptions
const connection = await NativeConnection.connect({ address })
const temporal = new Client({ connection, namespace })
const database = openDatabase({ uri })
await database.connected()
const questions = questionsIn(database.connection)
const kinds = [
  createReconciledCases(createStore({ uri })),
  createReconciledQuestions(questions),
] as const
const worker = await Worker.create({
  ...{ connection, namespace, taskQueue: CASES_QUEUE, workflowBundle: { codePath } },
  stickyQueueScheduleToStartTimeout: '1s',
  activities: endingInFaults({
    ...createQuestionActivities(questions),
    reconcileCases: createReconcileCases({ temporal, restartsPerSecond: 100, kinds }),
  }),
})
await worker.run()
