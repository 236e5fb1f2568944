import type { Price } from '../domain/listing/listing.js'
import type { Locale } from '../wording/vocabulary.js'

/** British English: day before month, 24-hour clock. */
const intlLocales: Record<Locale, string> = {
  en: 'en-GB',
  'pt-BR': 'pt-BR',
  'zh-CN': 'zh-CN',
}

/** An ISO moment in full, its zone named as in `shortMoment`: `Wed, 25 November 2026, 18:00 GMT+8`. */
export function fullMoment(iso: string, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(intlLocales[locale], {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  }).format(new Date(iso))
}

/** An ISO moment for a subject: `Wed, 25 Nov, 18:00 GMT+8`. */
export function shortMoment(iso: string, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(intlLocales[locale], {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  }).format(new Date(iso))
}

/** A whole number in the reader's notation. */
export function localNumber(number: number, locale: Locale): string {
  return new Intl.NumberFormat(intlLocales[locale]).format(number)
}

/** A share (0.09) in percent. */
export function localPercent(share: number, locale: Locale): string {
  return new Intl.NumberFormat(intlLocales[locale], { style: 'percent' }).format(share)
}

/** Money in the reader's notation; a currency that is no ISO 4217 code is shown as it came. */
export function localPrice({ amount, currency }: Price, locale: Locale): string {
  return /^[A-Za-z]{3}$/.test(currency)
    ? new Intl.NumberFormat(intlLocales[locale], { style: 'currency', currency }).format(amount)
    : `${amount} ${currency}`
}
