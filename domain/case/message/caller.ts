import {
  caseId,
  either,
  exactly,
  fields,
  type FieldsOf,
  type Form,
  list,
  optional,
  slug,
  text,
  word,
} from '../../form/forms.js'
import type { Actor } from '../state.js'
import { type Role, ROLES, type Via, VIAS } from '../../vocabulary.js'

/** Who is calling, as the API established it. `'*'` = all. */
export interface Caller {
  role: Role
  id: string
  via: Via
  brandIds: string[] | '*'
  marketplaces: string[] | '*'
  /** Of a monitor whose key was made for it by name. */
  monitorName?: string
}

/** Every message names the case it is meant for: a later case may have the same workflow id. */
export interface Addressed {
  caseId: string
  caller: Caller
}

const tenants = either(exactly('*'), list(slug, 1000))

/** Who sends something. */
export const callerForm: Form = fields<Caller>({
  role: word(ROLES),
  id: text(200),
  via: word(VIAS),
  brandIds: tenants,
  marketplaces: tenants,
  monitorName: optional(slug),
})

/** The fields of a message that says to which case and by whom. */
export const addressed: FieldsOf<Addressed> = { caseId, caller: callerForm }

/** Those of what the Temporal UI may send without saying so. */
export const maybeAddressed: FieldsOf<Partial<Addressed>> = {
  caseId: optional(caseId),
  caller: optional(callerForm),
}

/** The user of the Temporal UI, whom nobody has authenticated (docs/operations.md). */
export const TEMPORAL_UI_CALLER: Caller = {
  role: 'accountManager',
  id: 'temporal-ui',
  via: 'temporalUi',
  brandIds: '*',
  marketplaces: '*',
}

/** The caller as the record names who did something. */
export function actorOf({ role, id, via }: Caller): Actor {
  return { role, id, via }
}
