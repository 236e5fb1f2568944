import { X } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { OUTCOMES, SEVERITIES } from '../../domain/vocabulary.js'
import { oneLine } from '../../notifications/plain-text.js'
import { Button } from '../design/button.js'
import { SearchField, Select } from '../design/fields.js'
import { useReading } from '../words/words.js'
import { QueueTools } from './queue-tools.js'
import { likenessName } from './likeness-name.js'
import {
  type InboxSearch,
  isNarrowed,
  type SearchChange,
  sortsOf,
  UNNARROWED,
  type View,
  VIEWS,
} from './search.js'
import styles from './filters.module.css'

/** So long after the last letter the search is made. */
const PAUSE_MS = 350
const ANY = 'any'
/** What narrows the queue and has no field of its own. */
const CHIPS = ['marketplace', 'seller', 'brand', 'picture', 'shape', 'band'] as const
const CHIP_MAX = 40

/** Which queue it is, and how it is narrowed and sorted: all of it is in the address. */
export function Filters({
  search,
  shown,
  hasMore,
  onChange,
  searchRef,
}: {
  search: InboxSearch
  /** How many cases are loaded. */
  shown: number
  hasMore: boolean
  onChange: (change: SearchChange) => void
  searchRef: RefObject<HTMLInputElement | null>
}) {
  const { say, vocabulary, locale } = useReading()
  const { view = VIEWS[0], severity, outcome } = search
  const change = (some: SearchChange) => onChange({ case: undefined, ...some })
  const shownOf = (name: (typeof CHIPS)[number]) => {
    const value = search[name] ?? ''
    if (name === 'picture') return say('similar.picture')
    if (name === 'band') return likenessName('price', value, { say, locale })
    return oneLine(value, CHIP_MAX)
  }
  const any = { value: ANY, label: say('filters.any') } as const
  return (
    <div className={styles['filters']}>
      <div className={styles['line']}>
        <Select<View>
          label={say('filters.view')}
          value={view}
          options={VIEWS.map((each) => ({ value: each, label: say(`view.${each}`) }))}
          onChange={(chosen) => change({ view: chosen, sort: undefined, outcome: undefined })}
        />
        <Select
          label={say('filters.severity')}
          value={severity ?? ANY}
          options={[
            { ...any, label: say('filters.anySeverity') },
            ...SEVERITIES.map((each) => ({ value: each, label: vocabulary.severities[each] })),
          ]}
          onChange={(chosen) => change({ severity: chosen === ANY ? undefined : chosen })}
        />
        {view === 'closed' && (
          <Select
            label={say('filters.outcome')}
            value={outcome ?? ANY}
            options={[
              { ...any, label: say('filters.anyOutcome') },
              ...OUTCOMES.map((each) => ({ value: each, label: vocabulary.outcomes[each] })),
            ]}
            onChange={(chosen) => change({ outcome: chosen === ANY ? undefined : chosen })}
          />
        )}
        <Select
          label={say('filters.sort')}
          value={search.sort ?? sortsOf(view)[0]}
          options={sortsOf(view).map((each) => ({ value: each, label: say(`sort.${each}`) }))}
          onChange={(sort) => onChange({ sort })}
        />
      </div>
      <Searching
        text={search.text ?? ''}
        onChange={(text) => change({ text: text.trim() === '' ? undefined : text })}
        searchRef={searchRef}
      />
      <div className={styles['line']}>
        <span className={styles['count']} role="status">
          {say(hasMore ? 'inbox.countAtLeast' : 'inbox.count', { count: shown })}
        </span>
        <QueueTools search={search} onChange={onChange} />
      </div>
      <div className={styles['line']}>
        {CHIPS.map(
          (name) =>
            search[name] !== undefined && (
              <Button
                key={name}
                weight="quiet"
                onPress={() => change({ [name]: undefined })}
                aria-label={say('filters.remove', { name: shownOf(name) })}
              >
                {shownOf(name)} <X size={14} aria-hidden="true" />
              </Button>
            ),
        )}
        {search.mail !== undefined && (
          <Button
            weight="quiet"
            onPress={() => change({ mail: undefined })}
            aria-label={say('filters.remove', { name: say('filters.ofMail') })}
          >
            {say('filters.ofMail')} <X size={14} aria-hidden="true" />
          </Button>
        )}
        {isNarrowed(search) && (
          <Button weight="quiet" onPress={() => change(UNNARROWED)}>
            {say('filters.clear')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Searching({
  text,
  onChange,
  searchRef,
}: {
  text: string
  onChange: (text: string) => void
  searchRef: RefObject<HTMLInputElement | null>
}) {
  const { say } = useReading()
  const [written, setWritten] = useState(text)
  // The address changed by another way.
  useEffect(() => setWritten(text), [text])
  useEffect(() => {
    if (written.trim() === text) return
    const timer = setTimeout(() => onChange(written), PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <SearchField
      label={say('filters.search')}
      placeholder={say('filters.searchHint')}
      value={written}
      onChange={setWritten}
      onDone={onChange}
      inputRef={searchRef}
    />
  )
}
