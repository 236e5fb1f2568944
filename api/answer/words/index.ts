import type { Locale } from '../../../domain/words/index.js'
import { answerWordsEn } from './en.js'
import { answerWordsPtBr } from './pt-br.js'
import type { AnswerWords } from './words.js'
import { answerWordsZhCn } from './zh-cn.js'

export type { AnswerWords } from './words.js'

const wordsByLocale: Record<Locale, AnswerWords> = {
  en: answerWordsEn,
  'pt-BR': answerWordsPtBr,
  'zh-CN': answerWordsZhCn,
}

/** The page's own words in a language. */
export function answerWordsFor(locale: Locale): AnswerWords {
  return wordsByLocale[locale]
}
