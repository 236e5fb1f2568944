import type { Locale } from '../../domain/words/index.js'
import type { MailCatalog } from './catalog.js'
import { mailsEn } from './en.js'
import { mailsPtBr } from './pt-br.js'
import { mailsZhCn } from './zh-cn.js'

const catalogs: Record<Locale, MailCatalog> = {
  en: mailsEn,
  'pt-BR': mailsPtBr,
  'zh-CN': mailsZhCn,
}

/** The sentences of our mails in one language. */
export function mailCatalogFor(locale: Locale): MailCatalog {
  return catalogs[locale]
}
