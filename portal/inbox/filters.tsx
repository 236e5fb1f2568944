import { X } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { OUTCOMES, SEVERITIES } from '../../domain/vocabulary.js'
import { Button } from '../design/button.js'
import { SearchField, Select } from '../design/fields.js'
import { useReading } from '../words/words.js'
import { type InboxSearch, isNarrowed, sortsOf, type View, VIEWS } from './search.js'
import styles from './filters.module.css'

/** So long after the last letter the search is made. */
const PAUSE_MS = 350
const ANY = 'any'

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
  onChange: (change: Partial<InboxSearch>) => void
  searchRef: RefObject<HTMLInputElement | null>
}) {
  const { say, vocabulary } = useReading()
  const { view = VIEWS[0], severity, outcome } = search
  const change = (some: Partial<InboxSearch>) => onChange({ case: undefined, ...some })
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
        {(['marketplace', 'seller', 'brand'] as const).map(
          (name) =>
            search[name] !== undefined && (
              <Button
                key={name}
                weight="quiet"
                onPress={() => change({ [name]: undefined })}
                aria-label={say('filters.remove', { name: search[name] })}
              >
                {search[name]} <X size={14} aria-hidden="true" />
              </Button>
            ),
        )}
        {isNarrowed(search) && (
          <Button
            weight="quiet"
            onPress={() =>
              change({
                severity: undefined,
                outcome: undefined,
                marketplace: undefined,
                brand: undefined,
                seller: undefined,
                text: undefined,
              })
            }
          >
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
