import { useReading } from '../words/words.js'

const LONG = { dateStyle: 'medium' } as const

/** The day of a moment, in the zone of this browser. */
export function Day({ at }: { at: string }) {
  const { locale } = useReading()
  return <time dateTime={at}>{new Intl.DateTimeFormat(locale, LONG).format(new Date(at))}</time>
}
