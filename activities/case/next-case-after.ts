import type { CarriedMessage } from '../../domain/case/carrying.js'
import type { SightingAddedMessage } from '../../domain/case/message/sighting-added.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { readSignal } from '../../domain/case/signals.js'
import { opensNextCase } from '../../domain/listing/sightings.js'
import type { CaseRow, Store } from '../../store/store.js'
import type { EndedCaseRun } from './ended-case-run.js'

/**
 * What the next case of a listing is to be started with: reports that the closed case of `row` had
 * been sent and that no case has, because its run ended before it could go on with them. `null` when
 * there are none.
 */
export async function nextCaseAfter(
  store: Pick<Store, 'cases'>,
  { workflowId, state }: CaseRow,
  { received }: EndedCaseRun,
): Promise<EndedCaseRun | null> {
  const reports = [...received.carried, ...received.own].flatMap((one) => {
    if (one.name !== 'sightingAdded' || 'problem' in readSignal(one.name, one.message)) return []
    return opensNextCase(state, one.message, one.at) ? [one] : []
  })
  const [first, ...others] = reports
  const caseId = first?.message.next?.caseId
  if (!first || caseId === undefined || parseCaseId(caseId)?.workflowId !== workflowId) return null
  if ((await store.cases.recordedAmong([caseId])).length > 0) return null
  const { sighting, caller } = first.message
  if ((await store.cases.claimOf(sighting.sightingId)) !== null) return null
  const by = { role: caller.role, id: caller.id, via: caller.via }
  const carried = others.map(({ message, at }): CarriedMessage => ({
    ...{ name: 'sightingAdded', message: withoutNext(message), at },
  }))
  return { input: { caseId, sighting, by }, received: { carried, own: [] } }
}

function withoutNext({ next: _ofTheCaseBefore, ...report }: SightingAddedMessage) {
  return report
}
