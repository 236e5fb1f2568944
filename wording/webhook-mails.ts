import { webhookMailEn } from './en/webhook-mail.js'
import { webhookMailPtBr } from './pt-br/webhook-mail.js'
import type { Locale } from './vocabulary.js'
import type { WebhookMailWords } from './webhook-mail-words.js'
import { webhookMailZhCn } from './zh-cn/webhook-mail.js'

const wordsByLocale: Record<Locale, WebhookMailWords> = {
  en: webhookMailEn,
  'pt-BR': webhookMailPtBr,
  'zh-CN': webhookMailZhCn,
}

/** The sentences of our mail about an endpoint that was given up, in one language. */
export function webhookMailWordsFor(locale: Locale): WebhookMailWords {
  return wordsByLocale[locale]
}
