import { DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { CASE_UPDATES, lateAnswerId } from '../../workflows/messages.js'
import { casePath, startApi } from '../api/test-api.js'
import { buildAccountManager } from '../builders/brand.js'
import { LEAD_CALLER,
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  shownHashOf,
  untilRecorded,
} from '../setup/reporting.js'
import type { Shape } from './shape.js'


/** What people do that is more than an answer in time. */
export const PERSON_SHAPES: Record<string, Shape> = {
  /** What the first case had removed is put back, and the brand is asked again. */
  reopened: {
    async play(service) {
      const { client } = service
      const one = await reportAskedCase(service)
      await decideWhenOpen(one, confirmation(one.caseId))
      await untilRecorded(service, one.caseId, ({ phase }) => phase === 'closed')
      await one.handle.result()
      const api = await startApi({ store: service.store, client })
      const body = { reason: 'our own shop' }
      const answer = await api.call('POST', casePath(one.caseId, '/reopen'), { body })
      const { caseId } = answer.json<{ caseId: string }>()
      await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
      const { runId } = await client.workflow.getHandle(one.workflowId).describe()
      const again = client.workflow.getHandle(one.workflowId, runId)
      const message = confirmation(caseId, { verdict: 'genuine' })
      await decideWhenOpen({ ...one, caseId, handle: again as typeof one.handle }, message)
      await again.result()
      await api.close()
      return { 'listing-case.reopened': again }
    },
  },
  /** The brand's answer comes when its case has closed. */
  answeredLate: {
    async play(service) {
      const { client } = service
      const one = await reportAskedCase(service)
      const { caseId } = one
      await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
        args: [{ caseId, caller: LEAD_CALLER, reason: 'settled' }],
      })
      await one.handle.result()
      await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
      const api = await startApi({ store: service.store, client })
      await api.call('POST', casePath(caseId, '/decision'), {
        key: 'brandMember',
        body: { verdict: 'genuine', decisionId: 'd-late', shownHash: shownHashOf(one) },
      })
      await api.close()
      const late = client.workflow.getHandle(lateAnswerId(caseId, 'd-late'))
      await late.result()
      return { 'late-answer.told': late }
    },
  },
  /** A wait in working time goes on in that of whoever it is given to. */
  reassigned: {
    options: () => ({ brand: { policy: DEFAULT_POLICY } }),
    async play(service) {
      const calendar = { timeZone: 'Asia/Shanghai', weekdays: [1, 2, 3, 4, 5, 6], holidays: [] }
      await service.store.accountManagers.create(
        buildAccountManager({ accountManagerId: 'eva-lind', calendar }),
      )
      const one = await reportAskedCase(service)
      const { caseId } = one
      const unsure = confirmation(caseId, { verdict: 'unsure' })
      await decideWhenOpen(one, unsure)
      await one.handle.executeUpdate(CASE_UPDATES.reassign, {
        args: [{ caseId, caller: LEAD_CALLER, role: 'accountManager', to: 'eva-lind' }],
      })
      await untilRecorded(
        service,
        caseId,
        ({ parties, rev }) => parties.accountManagerId === 'eva-lind' && rev > 5,
      )
      await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
        args: [{ caseId, caller: LEAD_CALLER, reason: 'settled' }],
      })
      await one.handle.result()
      return { 'listing-case.reassigned': one.handle }
    },
  },
}
