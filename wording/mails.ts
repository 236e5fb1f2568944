import type { Locale } from './vocabulary.js'
import type { MailWords } from './mail-words.js'
import { mailsEn } from './en/mails.js'
import { mailsPtBr } from './pt-br/mails.js'
import { mailsZhCn } from './zh-cn/mails.js'

const wordsByLocale: Record<Locale, MailWords> = {
  en: mailsEn,
  'pt-BR': mailsPtBr,
  'zh-CN': mailsZhCn,
}

/** The sentences of our mails in one language. */
export function mailWordsFor(locale: Locale): MailWords {
  return wordsByLocale[locale]
}
