import { wordsEn } from './en/vocabulary.js'
import { wordsPtBr } from './pt-br/vocabulary.js'
import { wordsZhCn } from './zh-cn/vocabulary.js'
import type { Locale, Words } from './vocabulary-words.js'

export {
  LOCALES,
  UNBLOCK_STEPS,
  type Locale,
  type OfferField,
  type Words,
} from './vocabulary-words.js'

const wordsByLocale: Record<Locale, Words> = {
  en: wordsEn,
  'pt-BR': wordsPtBr,
  'zh-CN': wordsZhCn,
}

/** The words of one language. */
export function wordsFor(locale: Locale): Words {
  return wordsByLocale[locale]
}
