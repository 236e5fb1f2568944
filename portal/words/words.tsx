import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { IntlProvider, useIntl } from 'react-intl'
import type { AnswerWords } from '../../wording/answer-page-words.js'
import type { PortalWord } from '../../wording/portal-words.js'
import type { Locale, Words } from '../../wording/vocabulary-words.js'
import { localNumber, localSpan } from '../../notifications/local-format.js'
import type { Span } from './time-left.js'
import { type LoadedWords, loadWords } from './load.js'

/** What a placeholder of a sentence can be filled with. */
export type Values = Readonly<Record<string, string | number>>

/** All words of one language, and its way to write numbers and spans. */
export interface Reading {
  locale: Locale
  /** A sentence of the portal. */
  say: (word: PortalWord, values?: Values) => string
  /** The words that stand for identifiers, shared with mails and pages. */
  vocabulary: Words
  /** The words of the page behind our mails, where both say the same. */
  answer: AnswerWords
  number: (value: number) => string
  span: (span: Span) => string
  /** How long ago something was. */
  ago: (span: Span) => string
}

const ReadingContext = createContext<Reading | null>(null)

/** Loads the words of a language, and shows nothing until they are there. */
export function WordsProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [loaded, setLoaded] = useState<{ locale: Locale; words: LoadedWords } | null>(null)
  useEffect(() => {
    let isWanted = true
    void loadWords(locale).then((words) => {
      if (!isWanted) return
      document.documentElement.lang = locale
      setLoaded({ locale, words })
    })
    return () => {
      isWanted = false
    }
  }, [locale])
  if (!loaded) return null
  return (
    <I18nProvider locale={loaded.locale}>
      <IntlProvider locale={loaded.locale} messages={loaded.words.portal} defaultLocale="en">
        <ReadingProvider locale={loaded.locale} words={loaded.words}>
          {children}
        </ReadingProvider>
      </IntlProvider>
    </I18nProvider>
  )
}

/** Gives what is below it the words, its sentences being those of the `IntlProvider` above. */
export function ReadingProvider({
  locale,
  words: { answer, vocabulary },
  children,
}: {
  locale: Locale
  words: Pick<LoadedWords, 'answer' | 'vocabulary'>
  children: ReactNode
}) {
  const { formatMessage } = useIntl()
  const reading = useMemo<Reading>(
    () => ({
      locale,
      say: (word, values) => formatMessage({ id: word }, values),
      vocabulary,
      answer,
      number: (value) => localNumber(value, locale),
      span: ({ value, unit }) => localSpan(value, unit, locale),
      ago: ({ value, unit }) =>
        new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(
          -value,
          unit,
        ),
    }),
    [locale, answer, vocabulary, formatMessage],
  )
  return <ReadingContext value={reading}>{children}</ReadingContext>
}

/** The words to show. */
export function useReading(): Reading {
  const reading = useContext(ReadingContext)
  if (!reading) throw new Error('useReading needs a WordsProvider above it')
  return reading
}
