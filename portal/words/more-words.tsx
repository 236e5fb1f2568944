import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { IntlProvider, useIntl } from 'react-intl'
import type { Locale } from '../../wording/vocabulary-words.js'
import { troubleOf } from '../data/trouble.js'
import { Failed, Loading } from '../design/states.js'
import { ReadingProvider, useReading } from './words.js'

/** Sentences of one screen, by language. */
export type WordLoaders = Readonly<Record<Locale, () => Promise<Readonly<Record<string, string>>>>>

/**
 * Loads the sentences that only one screen shows, named `of`, in the language of the reader; until
 * they are there the screen is called `title`.
 */
export function MoreWords({
  of,
  loaders,
  title,
  children,
}: {
  of: string
  title: string
  loaders: WordLoaders
  children: ReactNode
}) {
  const { locale, ...words } = useReading()
  const { messages } = useIntl()
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['words', of, locale],
    queryFn: () => loaders[locale](),
    staleTime: Infinity,
  })
  if (data) {
    return (
      <IntlProvider locale={locale} messages={Object.assign({}, messages, data)} defaultLocale="en">
        <ReadingProvider locale={locale} words={words}>
          {children}
        </ReadingProvider>
      </IntlProvider>
    )
  }
  return (
    <>
      <h1 className="unseen">{title}</h1>
      {isError ? (
        <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Loading lines={12} />
      )}
    </>
  )
}
