import type { ActivityDependencies } from './dependencies.js'
import { createFindCasesToSweep } from './sweep/find-cases-to-sweep.js'
import { endingInFaults } from './faults.js'
import { createCloseSuperseded } from './case/close-superseded.js'
import { createFindTakedown } from './takedown/find-takedown.js'
import { createLookAtListing } from './takedown/look-at-listing.js'
import { createNotify } from './notice/notify.js'
import { createOpenCase } from './case/open-case.js'
import { createOpenQuestion } from './question/open-question.js'
import { createReconciledQuestions } from './question/restart-question.js'
import { createSaveQuestion, createVerifyQuestion } from './question/save-question.js'
import { createTellOfQuestion } from './question/tell-of-question.js'
import { createReconcileCases } from './reconcile/reconcile-cases.js'
import { createRequestTakedown } from './takedown/request-takedown.js'
import { createRestoreListing } from './takedown/restore-listing.js'
import { createReconciledCases } from './case/restart-case.js'
import { createSaveCase } from './case/save-case.js'
import { createSaveLateAnswer } from './case/save-late-answer.js'
import { createSendMail } from './notice/send-mail.js'
import { createSweepCases } from './sweep/sweep-cases.js'
import { createDeliverWebhooks } from './webhook/deliver-webhooks.js'
import { createReplayWebhooks } from './webhook/replay-webhooks.js'
import { createTellWebhookDisabled } from './webhook/tell-webhook-disabled.js'
import { createVerifyRecord } from './case/verify-record.js'
import { createReadWorkingTime } from './case/working-time.js'

/** Those of the task queue `cases`. */
export function createCaseActivities(deps: ActivityDependencies) {
  return endingInFaults({
    openCase: createOpenCase(deps),
    saveCase: createSaveCase(deps),
    verifyRecord: createVerifyRecord(deps),
    readWorkingTime: createReadWorkingTime(deps),
    notify: createNotify(deps),
    sendMail: createSendMail(deps),
    saveLateAnswer: createSaveLateAnswer(deps),
    reconcileCases: createReconcileCases({
      ...deps,
      kinds: [createReconciledCases(deps.store), createReconciledQuestions(deps.store)],
    }),
    findCasesToSweep: createFindCasesToSweep(deps),
    sweepCases: createSweepCases(deps),
    closeSuperseded: createCloseSuperseded(deps),
    openQuestion: createOpenQuestion(deps),
    saveQuestion: createSaveQuestion(deps),
    verifyQuestion: createVerifyQuestion(deps),
    tellOfQuestion: createTellOfQuestion(deps),
  })
}

/** Those of a marketplace's own task queues, which carry its rate limit. */
export function createMarketplaceActivities(deps: ActivityDependencies) {
  return endingInFaults({
    requestTakedown: createRequestTakedown(deps),
    findTakedown: createFindTakedown(deps),
    lookAtListing: createLookAtListing(deps),
    restoreListing: createRestoreListing(deps),
  })
}

/** Those of the task queue `webhooks`. */
export function createWebhookActivities(deps: ActivityDependencies) {
  return endingInFaults({
    deliverWebhooks: createDeliverWebhooks(deps),
    replayWebhooks: createReplayWebhooks(deps),
    tellWebhookDisabled: createTellWebhookDisabled(deps),
  })
}

/** All effects of the service. Each is idempotent: Temporal may run it more than once. */
export type Activities = ReturnType<typeof createCaseActivities> &
  ReturnType<typeof createMarketplaceActivities> &
  ReturnType<typeof createWebhookActivities>
