import { type Static, Type } from 'typebox'
import { isInfringing, PAGE_ACTS, type Verdict, VERDICTS } from '../../domain/vocabulary.js'
import type { NewDecision } from '../../contract/decision.js'
import { Text, Word } from '../../contract/common.js'
import { type Filled, type PageReader, verdictsFor } from './reader.js'
import { answerWordsFor } from '../../wording/answer-page.js'

const TEXT_MAX = 2000
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
  },
  { additionalProperties: false },
)
export type AnswerForm = Static<typeof AnswerFormSchema>

/**
 * A form's body by field, or `null` where it is no form in UTF-8. Browsers send each line break as
 * two characters, but count it as one.
 */
export function readFields(body: string): Record<string, string> | null {
  try {
    const pairs = body
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2).map(decodedPart))
    return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
  } catch {
    return null
  }
}

function decodedPart(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' ')).replaceAll('\r\n', '\n')
}

/** What to show again of a form that lacks something. */
export function filledFrom({ attestation, allowList, ...fields }: AnswerForm): Filled {
  return { ...fields, attestation: attestation !== undefined, allowList: allowList !== undefined }
}

/** The decision a form means, or what is missing, in the reader's language. */
export function readAnswer(
  fields: AnswerForm,
  reader: PageReader,
): { ok: true; decision: NewDecision } | { ok: false; errors: string[] } {
  const { errors: words } = answerWordsFor(reader.locale)
  const { verdict } = fields
  if (verdict === undefined || !mayChoose(verdict, reader)) {
    return { ok: false, errors: [words.verdictMissing] }
  }
  const [explanation, question, proof] = [
    ...[fields.explanation, fields.question, fields.proof].map((value) => value?.trim()),
  ]
  const isBrand = reader.role === 'brandMember'
  const errors = [
    ...(verdict === 'needInfo' && !question ? [words.questionMissing] : []),
    ...(isBrand && isInfringing(verdict) && !fields.attestation ? [words.attestationMissing] : []),
    ...(fields.allowList && verdict !== 'authorisedSeller' ? [words.allowListAlone] : []),
  ]
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

function mayChoose(verdict: Verdict, { role }: PageReader): boolean {
  const { removing, keeping, handingOver } = verdictsFor(role)
  return [...removing, ...keeping, ...handingOver].includes(verdict)
}
