import { Type } from 'typebox'
import { REFUSAL_REASONS } from '../domain/vocabulary.js'
import { Instant, Named, Nullable, Word } from './common.js'
import { NewCaseSchema } from './sighting.js'

const fields = {
  refusalId: Type.String(),
  reason: Word(REFUSAL_REASONS, 'Why no case was opened.'),
  detail: Type.String(),
  refusedAt: Instant,
  times: Type.Integer({ description: 'How many times the same report was refused.' }),
  keyId: Type.String({ description: 'The key it was reported with.' }),
  brandId: Type.String(),
  marketplace: Type.String(),
  listingId: Type.String(),
  externalId: Nullable(Type.String()),
  caseId: Nullable(
    Type.String({ description: 'The case that was acknowledged and then refused, if any.' }),
  ),
}

/** A report that opened no case, as lists show it. */
export const RefusedReportSchema = Named('RefusedReport', Type.Object(fields))

/** The same with the report itself. */
export const WholeRefusedReportSchema = Named(
  'WholeRefusedReport',
  Type.Object({ ...fields, report: NewCaseSchema }),
)
export const RefusalParams = Type.Object({ refusalId: Type.String({ maxLength: 100 }) })
