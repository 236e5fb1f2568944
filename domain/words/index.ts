import { wordsEn } from './en.js'
import { wordsPtBr } from './pt-br.js'
import { wordsZhCn } from './zh-cn.js'
import type { Locale, Words } from './words.js'

export { LOCALES, UNBLOCK_STEPS, type Locale, type OfferField, type Words } from './words.js'

const wordsByLocale: Record<Locale, Words> = {
  en: wordsEn,
  'pt-BR': wordsPtBr,
  'zh-CN': wordsZhCn,
}

/** The words of one language. */
export function wordsFor(locale: Locale): Words {
  return wordsByLocale[locale]
}
