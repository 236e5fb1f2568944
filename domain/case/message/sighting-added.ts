import { caseId, fields, optional, truth } from '../../form/forms.js'
import type { Sighting } from '../../listing/listing.js'
import { sightingForm } from '../../listing/sighting-forms.js'
import { sightingHappenings } from '../../listing/sightings.js'
import { actorOf, type Caller, callerForm } from './caller.js'
import { type SignalRule, textAt } from './rule.js'

/** The case to come after one that is closing; every report of that time names the same. */
export interface NextCase {
  caseId: string
  /** The reporter saw that the case had closed, and was told that the next one opens. */
  isPromised: boolean
}

/** The listing was reported again. */
export interface SightingAddedMessage {
  sighting: Sighting
  caller: Caller
  /** The case that the report opens if it finds this one closed and does not repeat its answer. */
  next?: NextCase
}

/** A further report of the listing. */
export const sightingAdded: SignalRule<SightingAddedMessage> = {
  form: fields<SightingAddedMessage>({
    sighting: sightingForm,
    caller: callerForm,
    next: optional(fields<NextCase>({ caseId, isPromised: truth })),
  }),
  misfit: (state, { sighting: { brandId, listing } }) => {
    const isOwn =
      brandId === state.brandId &&
      listing.marketplace === state.marketplace &&
      listing.listingId === state.listing?.listingId
    return isOwn ? null : 'the sighting is of another listing or brand'
  },
  isPromised: true,
  traceOf: (signal) => `sighting ${textAt(signal, 'sighting', 'sightingId')}`,
  happenings: (state, { sighting, caller }, now) =>
    sightingHappenings(state, sighting, now, actorOf(caller)),
}
