import type { AccountMailWords } from './account-mail-words.js'
import { accountMailsEn } from './en/account-mails.js'
import { accountMailsPtBr } from './pt-br/account-mails.js'
import type { Locale } from './vocabulary.js'
import { accountMailsZhCn } from './zh-cn/account-mails.js'

const wordsByLocale: Record<Locale, AccountMailWords> = {
  en: accountMailsEn,
  'pt-BR': accountMailsPtBr,
  'zh-CN': accountMailsZhCn,
}

/** The sentences of our mails about signing in, in one language. */
export function accountMailWordsFor(locale: Locale): AccountMailWords {
  return wordsByLocale[locale]
}
