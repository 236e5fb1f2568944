import type { Locale } from './vocabulary.js'
import { answerWordsEn } from './en/answer-page.js'
import { answerWordsPtBr } from './pt-br/answer-page.js'
import type { AnswerWords } from './answer-page-words.js'
import { answerWordsZhCn } from './zh-cn/answer-page.js'

const wordsByLocale: Record<Locale, AnswerWords> = {
  en: answerWordsEn,
  'pt-BR': answerWordsPtBr,
  'zh-CN': answerWordsZhCn,
}

/** The page's own words in a language. */
export function answerWordsFor(locale: Locale): AnswerWords {
  return wordsByLocale[locale]
}
