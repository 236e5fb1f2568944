import { caseId, fields } from '../../form/forms.js'
import { listingGoneHappenings } from '../listing-gone.js'
import type { SignalRule } from './rule.js'

/** Another case, `byCaseId`, ended because the listing is gone. */
export interface ListingGoneMessage {
  caseId: string
  byCaseId: string
}

/** The listing may be gone. */
export const listingGone: SignalRule<ListingGoneMessage> = {
  form: fields<ListingGoneMessage>({ caseId, byCaseId: caseId }),
  traceOf: () => null,
  happenings: listingGoneHappenings,
}
