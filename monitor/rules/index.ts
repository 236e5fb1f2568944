import type { RulePack } from '../rule-pack.js'
import { INK_CARTRIDGES } from './ink-cartridges.js'
import { PHONE_CHARGERS } from './phone-chargers.js'

export { INK_CARTRIDGES, PHONE_CHARGERS }

/** Every rule pack, as `--rules` names them. A new pack is one file and one line here. */
export const RULE_PACKS: readonly RulePack[] = [INK_CARTRIDGES, PHONE_CHARGERS]
