import type { Locale } from './vocabulary.js'
import type { MailCatalog } from './mail-catalog.js'
import { mailsEn } from './en/mails.js'
import { mailsPtBr } from './pt-br/mails.js'
import { mailsZhCn } from './zh-cn/mails.js'

const catalogs: Record<Locale, MailCatalog> = {
  en: mailsEn,
  'pt-BR': mailsPtBr,
  'zh-CN': mailsZhCn,
}

/** The sentences of our mails in one language. */
export function mailCatalogFor(locale: Locale): MailCatalog {
  return catalogs[locale]
}
