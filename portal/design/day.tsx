import { localDay } from '../../notifications/local-format.js'
import { useReading } from '../words/words.js'

/** The day of a moment, in the zone of this browser; with `hasTime` to the minute. */
export function Day({ at, hasTime = false }: { at: string; hasTime?: boolean }) {
  const { locale } = useReading()
  return <time dateTime={at}>{localDay(at, locale, hasTime)}</time>
}
