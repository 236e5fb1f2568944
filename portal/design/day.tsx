import { useReading } from '../words/words.js'

const LONG = { dateStyle: 'medium' } as const

/** The day of a moment, in the zone of this browser; with `hasTime` to the minute. */
export function Day({ at, hasTime = false }: { at: string; hasTime?: boolean }) {
  const { locale } = useReading()
  const style = hasTime ? { ...LONG, timeStyle: 'short' as const } : LONG
  return <time dateTime={at}>{new Intl.DateTimeFormat(locale, style).format(new Date(at))}</time>
}
