import { type Static, Type } from 'typebox'
import { SEVERITIES, STANDSTILLS } from '../domain/vocabulary.js'
import { Instant, Named, Word } from './common.js'

/** A case whose process stands still. */
const StandingCaseSchema = Named(
  'StandingCase',
  Type.Object({
    caseId: Type.String(),
    brandId: Type.String(),
    marketplace: Type.String(),
    severity: Word(SEVERITIES),
    title: Type.String({ description: 'Brand, marketplace, listing and its title.' }),
    standstill: Word(
      STANDSTILLS,
      'It has not opened within 5 minutes; its record takes nothing more; or the code of its ' +
        'workflow fails on its history.',
    ),
    startedAt: Instant,
    detail: Type.String({ description: 'What failed last.' }),
  }),
)

/** All of them. */
export const StandingCasesSchema = Type.Object({ items: Type.Array(StandingCaseSchema) })
export type ShownStanding = Static<typeof StandingCaseSchema>
