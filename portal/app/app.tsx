import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { sessionQuery } from '../data/session.js'
import { WordsProvider } from '../words/words.js'
import { localeFor, PreferencesProvider, usePreferences } from './preferences.js'
import { queryClient } from '../data/query-client.js'
import { router } from './router.js'

/** The whole portal. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <PreferencesProvider>
        <InWords />
      </PreferencesProvider>
    </QueryClientProvider>
  )
}

function InWords() {
  const { preferences } = usePreferences()
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  return (
    <WordsProvider locale={localeFor(preferences.locale, session?.person.locale)}>
      <RouterProvider router={router} />
    </WordsProvider>
  )
}
