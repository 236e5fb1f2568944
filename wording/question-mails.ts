import { questionMailsEn } from './en/question-mails.js'
import { questionMailsPtBr } from './pt-br/question-mails.js'
import type { QuestionMailWords } from './question-mail-words.js'
import type { Locale } from './vocabulary.js'
import { questionMailsZhCn } from './zh-cn/question-mails.js'

const WORDS: Record<Locale, QuestionMailWords> = {
  en: questionMailsEn,
  'zh-CN': questionMailsZhCn,
  'pt-BR': questionMailsPtBr,
}

/** The sentences of the mails about questions in a language. */
export function questionMailWordsFor(locale: Locale): QuestionMailWords {
  return WORDS[locale]
}
