import { ATTESTATION_VERSION, type AttestationVersion } from '../domain/vocabulary.js'
import { statementsEn } from './en/statements.js'
import { statementsPtBr } from './pt-br/statements.js'
import type { StatementWords } from './statement-words.js'
import type { Locale } from './vocabulary.js'
import { statementsZhCn } from './zh-cn/statements.js'

const wordsByLocale: Record<Locale, StatementWords> = {
  en: statementsEn,
  'pt-BR': statementsPtBr,
  'zh-CN': statementsZhCn,
}

/** The good-faith statement in a language, as people are asked to accept it now or as they once did. */
export function statementFor(
  locale: Locale,
  version: AttestationVersion = ATTESTATION_VERSION,
): string {
  return wordsByLocale[locale][version]
}
