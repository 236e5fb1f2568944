import type { ActivityDependencies } from './dependencies.js'
import { createFindCasesToSweep } from './find-cases-to-sweep.js'
import { endingInFaults } from './faults.js'
import { createCloseSuperseded } from './close-superseded.js'
import { createFindTakedown } from './find-takedown.js'
import { createLookAtListing } from './look-at-listing.js'
import { createNotify } from './notify.js'
import { createOpenCase } from './open-case.js'
import { createReconcileCases } from './reconcile-cases.js'
import { createRequestTakedown } from './request-takedown.js'
import { createRestoreListing } from './restore-listing.js'
import { createSaveCase } from './save-case.js'
import { createSaveLateAnswer } from './save-late-answer.js'
import { createSendMail } from './send-mail.js'
import { createSweepCases } from './sweep-cases.js'
import { createVerifyRecord } from './verify-record.js'
import { createReadWorkingTime } from './working-time.js'

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
    reconcileCases: createReconcileCases(deps),
    findCasesToSweep: createFindCasesToSweep(deps),
    sweepCases: createSweepCases(deps),
    closeSuperseded: createCloseSuperseded(deps),
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

/** All effects of the service. Each is idempotent: Temporal may run it more than once. */
export type Activities = ReturnType<typeof createCaseActivities> &
  ReturnType<typeof createMarketplaceActivities>
