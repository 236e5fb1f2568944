import type { Price } from '../domain/listing/listing.js'
import type { Locale } from '../wording/vocabulary.js'

/** British English: day before month, 24-hour clock. */
const intlLocales: Record<Locale, string> = {
  en: 'en-GB',
  'pt-BR': 'pt-BR',
  'zh-CN': 'zh-CN',
}

const KEPT_MAX = 500

/**
 * Makes each formatter once: making one takes far longer than using it, for every row and mail. Zones
 * and currencies are what people gave, so there is a limit.
 */
function keptBy<Options, Format>(
  make: (locale: string, options: Options) => Format,
): (locale: Locale, options: Options) => Format {
  const kept = new Map<string, Format>()
  return (locale, options) => {
    const key = `${locale} ${JSON.stringify(options)}`
    const known = kept.get(key)
    if (known) return known
    if (kept.size >= KEPT_MAX) kept.clear()
    const made = make(intlLocales[locale], options)
    kept.set(key, made)
    return made
  }
}

const dateFormat = keptBy(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)
const numberFormat = keptBy(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)

/** With a minus sign: lines break after a hyphen. */
const WEST_OF_GREENWICH = 'GMT\u2212'

/** An ISO moment in full, its zone named as in `shortMoment`: `Wed, 25 November 2026, 18:00 GMT+8`. */
export function fullMoment(iso: string, timeZone: string, locale: Locale): string {
  return dateFormat(locale, {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  })
    .format(new Date(iso))
    .replace('GMT-', WEST_OF_GREENWICH)
}

/** An ISO moment for a subject: `Wed, 25 Nov, 18:00 GMT+8`. */
export function shortMoment(iso: string, timeZone: string, locale: Locale): string {
  return dateFormat(locale, {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  })
    .format(new Date(iso))
    .replace('GMT-', WEST_OF_GREENWICH)
}

/** The day of an ISO moment in the reader's own zone, `25 Nov 2026`; with `hasTime` to the minute. */
export function localDay(iso: string, locale: Locale, hasTime = false): string {
  const time = hasTime ? ({ timeStyle: 'short' } as const) : {}
  return dateFormat(locale, { dateStyle: 'medium', ...time }).format(new Date(iso))
}

/** The day of UTC that an ISO moment is in: `25 Nov 2026`; where it `isShort`, without the year. */
export function utcDay(iso: string, locale: Locale, isShort = false): string {
  const form = isShort
    ? ({ day: 'numeric', month: 'short' } as const)
    : { dateStyle: 'medium' as const }
  return dateFormat(locale, { timeZone: 'UTC', ...form }).format(new Date(iso))
}

/** A time of the day in the reader's own zone, to the second: `18:00:05`. */
export function localTime(atMs: number, locale: Locale): string {
  return dateFormat(locale, { timeStyle: 'medium', hour12: false }).format(atMs)
}

/** So many of a unit of time: `3 days`. */
export function localSpan(value: number, unit: string, locale: Locale): string {
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

/** A whole number in the reader's notation. */
export function localNumber(number: number, locale: Locale): string {
  return numberFormat(locale, {}).format(number)
}

/** A share (0.09) in percent. */
export function localPercent(share: number, locale: Locale): string {
  return numberFormat(locale, { style: 'percent' }).format(share)
}

/** Money in the reader's notation; a currency that is no ISO 4217 code is shown as it came. */
export function localPrice({ amount, currency }: Price, locale: Locale): string {
  return /^[A-Za-z]{3}$/.test(currency)
    ? numberFormat(locale, { style: 'currency', currency }).format(amount)
    : `${amount} ${currency}`
}
