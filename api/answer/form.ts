import { type Static, Type } from 'typebox'
import { isInfringing, PAGE_ACTS, type Verdict, VERDICTS } from '../../domain/vocabulary.js'
import type { NewDecision } from '../../contract/decision.js'
import { Text, Word } from '../../contract/common.js'
import { type Filled, type FormError, type PageReader, verdictsFor } from './reader.js'
import { answerWordsFor } from '../../wording/answer-page.js'

const TEXT_MAX = 2000
/** As many as one mail lists. */
const MAX_CASES = 250
const text = Type.Optional(Text(TEXT_MAX, 0))

/** What the answer page's form sends, as it is named in the contract. */
export const AnswerFormSchema = Type.Object(
  {
    action: Type.Optional(Word([...PAGE_ACTS, 'undecide'])),
    verdict: Type.Optional(Word(VERDICTS)),
    explanation: text,
    question: text,
    proof: text,
    attestation: Type.Optional(Type.Literal('accepted')),
    allowList: Type.Optional(Type.Literal('seller')),
    decisionId: Type.Optional(Type.String({ maxLength: 100 })),
    shownHash: Type.Optional(Type.String({ pattern: '^([0-9a-f]{64})?$' })),
    message: text,
    acceptChanged: Type.Optional(Type.Literal('yes')),
    rev: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
    answersBefore: Type.Optional(Type.String({ pattern: '^\\d{1,6}$' })),
    case: Type.Optional(
      Type.Array(Type.String({ maxLength: 500 }), {
        maxItems: MAX_CASES,
        description:
          'On the page of all cases of a mail: those selected, and the listing that was shown.',
        examples: [['case~lantern-market~LM-48213~voltbrook~k3v9qm2xw7a4b 9f2c…']],
      }),
    ),
  },
  { additionalProperties: false },
)
export type AnswerForm = Static<typeof AnswerFormSchema>

/**
 * A form's body by field, or `null` where it is no form in UTF-8. Browsers send each line break as
 * two characters, but count it as one. `case` may be there more than once.
 */
export function readFields(body: string): Record<string, string | string[]> | null {
  try {
    const pairs = body
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2).map(decodedPart))
    const cases = pairs.flatMap(([name, value = '']) => (name === 'case' ? [value] : []))
    const fields = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
    return cases.length === 0 ? fields : { ...fields, case: cases }
  } catch {
    return null
  }
}

function decodedPart(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' ')).replaceAll('\r\n', '\n')
}

/** What to show again of a form that lacks something. */
export function filledFrom({ attestation, allowList, case: cases, ...fields }: AnswerForm): Filled {
  return {
    ...fields,
    cases: cases ?? [],
    attestation: attestation !== undefined,
    allowList: allowList !== undefined,
  }
}

/** The decision a form means, or what is missing, in the reader's language. */
export function readAnswer(
  fields: AnswerForm,
  reader: PageReader,
): { ok: true; decision: NewDecision } | { ok: false; errors: FormError[] } {
  const { errors: words } = answerWordsFor(reader.locale)
  const { verdict } = fields
  if (verdict === undefined || !mayChoose(verdict, reader)) {
    return { ok: false, errors: [{ field: 'verdict', text: words.verdictMissing }] }
  }
  const [explanation, question, proof] = [
    ...[fields.explanation, fields.question, fields.proof].map((value) => value?.trim()),
  ]
  const isBrand = reader.role === 'brandMember'
  const missing: Record<string, string | false> = {
    question: verdict === 'needInfo' && !question && words.questionMissing,
    attestation:
      isBrand && isInfringing(verdict) && !fields.attestation && words.attestationMissing,
    allowList: !!fields.allowList && verdict !== 'authorisedSeller' && words.allowListAlone,
  }
  const errors = Object.entries(missing).flatMap(([field, text]) => (text ? [{ field, text }] : []))
  if (errors.length > 0) return { ok: false, errors }
  return {
    ok: true,
    decision: {
      verdict,
      ...(fields.shownHash ? { shownHash: fields.shownHash } : {}),
      ...(explanation ? { explanation } : {}),
      ...(question && isBrand ? { question } : {}),
      ...(proof && !isBrand ? { proof } : {}),
      ...(fields.attestation && isInfringing(verdict)
        ? { attestation: { accepted: true as const } }
        : {}),
      ...(fields.allowList ? { allowList: {} } : {}),
    },
  }
}

function mayChoose(verdict: Verdict, reader: PageReader): boolean {
  const { removing, keeping, handingOver } = verdictsFor(reader)
  return [...removing, ...keeping, ...handingOver].includes(verdict)
}
