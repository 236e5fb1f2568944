import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { LOCALES, type Locale } from '../../wording/vocabulary-words.js'

/** How a person wants the portal, kept in their browser. */
export interface Preferences {
  /** `null`: the language of the person, or of the browser. */
  locale: Locale | null
  theme: Theme
  /** Whether single letters and digits do something (WCAG 2.1.4). */
  hasLetterKeys: boolean
}

/** Light, dark, or as the system says. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT_AS = 'joint-force.preferences'
const USUAL: Preferences = { locale: null, theme: 'system', hasLetterKeys: true }

interface Kept {
  preferences: Preferences
  change: (some: Partial<Preferences>) => void
}

const PreferencesContext = createContext<Kept | null>(null)

/** Reads them, applies the theme, and keeps what is changed. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(readPreferences)
  const { theme } = preferences
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
  const kept = useMemo<Kept>(
    () => ({
      preferences,
      change: (some) =>
        setPreferences((before) => {
          const after = { ...before, ...some }
          keep(after)
          return after
        }),
    }),
    [preferences],
  )
  return <PreferencesContext value={kept}>{children}</PreferencesContext>
}

/** The preferences, and how to change some. */
export function usePreferences(): Kept {
  const kept = useContext(PreferencesContext)
  if (!kept) throw new Error('usePreferences needs a PreferencesProvider above it')
  return kept
}

/** The language somebody reads: as chosen, else their own, else the browser's, else English. */
export function localeFor(chosen: Locale | null, ofPerson: string | undefined): Locale {
  if (chosen) return chosen
  const wanted = [ofPerson, ...navigator.languages].filter((each) => each !== undefined)
  for (const each of wanted) {
    const [language] = each.toLowerCase().split('-')
    const found = LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return 'en'
}

function readPreferences(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<Preferences>
    return {
      locale: LOCALES.find((locale) => locale === kept.locale) ?? USUAL.locale,
      theme: THEMES.find((theme) => theme === kept.theme) ?? USUAL.theme,
      hasLetterKeys: kept.hasLetterKeys ?? USUAL.hasLetterKeys,
    }
  } catch {
    // A browser may refuse to keep anything, or somebody may have written something else there.
    return USUAL
  }
}

function keep(preferences: Preferences): void {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(preferences))
  } catch {
    // Then they hold until the tab is closed.
  }
}
