import { decideHappenings, isDecidable } from '../deciding.js'
import { isShownStill } from '../shown.js'
import type { CaseState } from '../state.js'
import { policyOf, rulesVersionOf } from '../case-policy.js'
import {
  isBrandRole,
  isForStaff,
  isHandover,
  isInfringing,
  type SilencePolicy,
  type StaffRole,
  VERDICTS,
} from '../../vocabulary.js'
import { decideForm, type DecideMessage } from './decide-message.js'
import { invalid, notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** The answer to the question a case asks. */
export const decide: MessageRule<DecideMessage> = {
  description:
    'The answer of the brand, or of its account manager or lead. Use the API or the CLI.',
  form: decideForm,
  scope: 'cases:decide',
  knownBy: 'decisionId',
  toUnblock: (caseId) => `\`joint-force case decide ${caseId} --verdict …\` decides it`,
  probes: (_state, to) => [
    { ...to, decisionId: '', verdict: 'genuine' },
    { ...to, decisionId: '', verdict: 'genuine', proof: 'asked' },
  ],
  refusal: decideRefusal,
  happenings: decideHappenings,
}

function decideRefusal(state: CaseState, message: DecideMessage): Refuse | null {
  if (state.decision) {
    const { by, verdict } = state.decision
    return {
      code: 'AlreadyDecided',
      message: `${by.role} already decided "${verdict}"; the first valid decision wins`,
    }
  }
  if (!isDecidable(state)) return notNow(`a case in phase ${state.phase} cannot be decided`)
  // A word that is none would count as a release; before version 3 of the rules it did.
  if (rulesVersionOf(state) >= 3 && !VERDICTS.includes(message.verdict)) {
    return invalid(`"verdict" must be one of: ${VERDICTS.join(', ')}`)
  }
  return invalidDecision(message) ?? roleRefusal(state, message) ?? shownRefusal(state, message)
}

/**
 * From version 3 of the rules on an answer holds for what was shown to whoever gave it: a
 * confirmation names the snapshot it was made on, and no answer counts for an offer that differs
 * from its own by what an earlier answer would not hold for either (`materialChanges`).
 */
function shownRefusal(state: CaseState, { verdict, shownHash }: DecideMessage): Refuse | null {
  if (rulesVersionOf(state) < 3) return null
  if (shownHash === undefined) {
    return isInfringing(verdict)
      ? invalid(
          'a confirmation needs "shownHash": the hash of the listing you were shown, ' +
            '"shown.hash" of the case',
        )
      : null
  }
  return isShownStill(state, shownHash)
    ? null
    : {
        code: 'ListingChanged',
        message: 'the listing is no longer the one this answer was given on; look at it again',
      }
}

function invalidDecision(message: DecideMessage): Refuse | null {
  if (message.verdict === 'needInfo' && !message.question?.trim()) {
    return invalid('needInfo needs a "question": say what you would have to know')
  }
  const isBrand = isBrandRole(message.caller.role)
  if (isInfringing(message.verdict) && isBrand && !message.attestation?.accepted) {
    return invalid(
      'a confirmation needs "attestation": {"accepted": true}, the good-faith statement (DSA Art. 16(2)(d))',
    )
  }
  if (message.allowList && message.verdict !== 'authorisedSeller') {
    return invalid('"allowList" goes with the verdict authorisedSeller only')
  }
  return null
}

function roleRefusal(state: CaseState, message: DecideMessage): Refuse | null {
  const { role } = message.caller
  if (!maySend(role, 'cases:decide')) {
    return notYou(`${role} may not decide; ask the brand, its account manager or the lead`)
  }
  if (isBrandRole(role)) {
    return isForStaff(message.verdict)
      ? notYou(
          `${message.verdict} is a platform decision; a brand answers genuine, notOurs or unsure`,
        )
      : null
  }
  if (isHandover(message.verdict)) {
    return notYou(
      `${message.verdict} hands a case to the account manager; use returnToBrand instead`,
    )
  }
  if (message.proof?.trim()) {
    return isForStaff(message.verdict)
      ? notYou(`${message.verdict} is a platform decision and is given without "proof"`)
      : null
  }
  return mayDecideByPolicy(state, role as StaffRole)
    ? null
    : notYou(
        `without "proof" of the brand's answer ${role} may not decide a case of severity ` +
          `${state.severity} in phase ${state.phase}; say how the brand answered`,
      )
}

const LEAD_DECIDES: readonly SilencePolicy[] = [
  'neverExpires',
  'platformDecides',
  'accountManagerDecides',
]

/** May account manager or lead decide in their own right, because the brand stayed silent? */
function mayDecideByPolicy(state: CaseState, role: StaffRole): boolean {
  const { silence } = policyOf(state).severities[state.severity]
  if (role === 'lead') {
    return (
      LEAD_DECIDES.includes(silence) && ['awaitingLead', 'needsAttention'].includes(state.phase)
    )
  }
  return silence === 'accountManagerDecides' && state.phase !== 'awaitingBrand'
}
