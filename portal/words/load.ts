import type { AnswerWords } from '../../wording/answer-page-words.js'
import type { PortalWords } from '../../wording/portal-words.js'
import type { Locale, Words } from '../../wording/vocabulary-words.js'

/** The sentences of the portal and of the page behind our mails, where both say the same, and what identifiers are called. */
export interface LoadedWords {
  portal: PortalWords
  answer: AnswerWords
  vocabulary: Words
}

const loaders: Record<Locale, () => Promise<LoadedWords>> = {
  en: () => import('./portal-en.js'),
  'pt-BR': () => import('./portal-pt-br.js'),
  'zh-CN': () => import('./portal-zh-cn.js'),
}

/** The sentences in a language; a reader loads no other. */
export function loadWords(locale: Locale): Promise<LoadedWords> {
  return loaders[locale]()
}
