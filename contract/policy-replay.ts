import { Type } from 'typebox'
import { FATES } from '../domain/case/replaying.js'
import { CalendarSchema } from './brand.js'
import { Instant, Named } from './common.js'

const MEANINGS: Record<(typeof FATES)[number], string> = {
  brand: 'Answered in the window of the brand.',
  accountManager: 'Answered in that of the account manager.',
  lead: 'Answered in that of the lead.',
  needsAttention: 'Answered after all windows had passed.',
  expired: 'Closed without an answer.',
}
const fates = (description: string) =>
  Type.Object(
    Object.fromEntries(
      FATES.map((fate) => [fate, Type.Integer({ description: MEANINGS[fate] })]),
    ) as Record<(typeof FATES)[number], ReturnType<typeof Type.Integer>>,
    { description },
  )

/** What another policy would have made of the cases that closed lately. */
export const PolicyReplaySchema = Named(
  'PolicyReplay',
  Type.Object({
    from: Instant,
    to: Instant,
    closed: Type.Integer({ description: 'Cases that were looked at: the latest that closed.' }),
    isCapped: Type.Boolean({ description: 'More closed in that time than were looked at.' }),
    judged: Type.Integer({
      description: 'Those that were answered, or expired; the others say nothing of a policy.',
    }),
    different: Type.Integer({
      description: 'Those of them that would have come to their answer in another way.',
    }),
    before: fates('How they came to their answer.'),
    after: fates('How they would have, had everybody answered when they did.'),
  }),
)

/** Whose working days count for which window. */
export const WindowCalendarsSchema = Named(
  'WindowCalendars',
  Type.Object({ brand: CalendarSchema, accountManager: CalendarSchema, lead: CalendarSchema }),
)
