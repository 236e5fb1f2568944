import type { Locale } from '../../wording/vocabulary.js'

/** The languages, each as those who read it call it. */
export const LANGUAGES: Record<Locale, string> = {
  en: 'English',
  'zh-CN': '简体中文',
  'pt-BR': 'Português (Brasil)',
}
