import type { CaseState } from '../../domain/case/state.js'
import type { Verdict } from '../../domain/vocabulary.js'
import { base32Sha256 } from '../../platform/digest.js'

/**
 * Names an answer that is given by the link `jti`: the same content is the same answer, however often
 * the button is pressed.
 */
export function linkDecisionId(jti: string, content: unknown): string {
  return `${prefixOf(jti)}${base32Sha256(JSON.stringify(content)).slice(0, 26)}`
}

/**
 * The answer that a link was spent on, as the record of its case has it; `null` while it was not. An
 * answer that was undone, or came too late, leaves it as it was.
 */
export function spentOn({ answers }: Pick<CaseState, 'answers'>, jti: string): Verdict | null {
  const spent = answers.findLast(
    ({ decisionId, result }) =>
      decisionId.startsWith(prefixOf(jti)) && (result === 'won' || result === 'handedOver'),
  )
  return spent?.verdict ?? null
}

function prefixOf(jti: string): string {
  return `link-${jti}-`
}
