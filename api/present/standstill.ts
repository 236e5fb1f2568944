import type { ShownStanding } from '../../contract/standstill.js'
import type { StandingCase } from '../cases/standstills.js'
import { iso } from './iso.js'

/** The case as the API shows it. */
export function presentStanding({ startedAt, ...shown }: StandingCase): ShownStanding {
  return { ...shown, startedAt: iso(startedAt) }
}
