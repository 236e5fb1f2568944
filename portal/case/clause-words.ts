import type { PresentedEvent } from '../../contract/event.js'
import type { PortalWord } from '../../wording/portal-words.js'
import { spanOf, type Span } from '../words/time-left.js'
import type { Words } from '../../wording/vocabulary.js'

type Clause = NonNullable<PresentedEvent['clause']>

/** How a language says things. */
interface Saying {
  say: (word: PortalWord, values?: Readonly<Record<string, string | number>>) => string
  span: (span: Span) => string
  vocabulary: Words
}

/** Why something happened, in a sentence, and where the policy says so. */
export function clauseInWords(
  { name, owner, ms, time, silence, path, policyVersion }: Clause,
  { say, span, vocabulary }: Saying,
): { because: string; where: string } {
  const given = ms === undefined ? '' : span(spanOf(ms))
  const values = {
    owner: owner ? vocabulary.owners[owner] : '',
    span: time === 'working' ? say('record.working', { span: given }) : given,
    silence: silence ? vocabulary.silencePolicies[silence] : '',
  }
  const version = String(policyVersion)
  return {
    because: say(`clause.${name}`, values),
    where: path === null ? say('record.rule', { version }) : say('record.where', { version, path }),
  }
}
