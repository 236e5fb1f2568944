import type { ContextType, RefObject } from 'react'
import {
  Collection,
  ListBox,
  ListBoxLoadMoreItem,
  ListLayout,
  type ListStateContext,
  type Selection,
  Virtualizer,
} from 'react-aria-components'
import type { CaseSummary } from '../../contract/case.js'
import { Loading } from '../design/states.js'
import { useReading } from '../words/words.js'
import { CaseRow } from './row.js'
import styles from './queue.module.css'

/** The list's own state: what has the focus, and what is selected. */
export type List = NonNullable<ContextType<typeof ListStateContext>>

// A constant, or every drawing would lay out the whole list.
const LAYOUT = { rowSize: 94 }

/** The queue: only the rows that can be seen are there. */
export function Queue({
  items,
  selected,
  onSelect,
  onFocusRow,
  onOpen,
  isLoadingMore,
  onLoadMore,
  listRef,
}: {
  items: readonly CaseSummary[]
  selected: ReadonlySet<string>
  onSelect: (selected: Selection) => void
  /** A row has the focus. */
  onFocusRow: (caseId: string) => void
  /** Somebody wants to see the case. */
  onOpen: (caseId: string) => void
  isLoadingMore: boolean
  onLoadMore: () => void
  /** Is given the list's own state, by which keys move it from elsewhere. */
  listRef: RefObject<List | null>
}) {
  const { say } = useReading()
  return (
    <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
      <ListBox
        className={({ state }) => {
          listRef.current = state
          return styles['queue'] ?? ''
        }}
        aria-label={say('inbox.queue')}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={onSelect}
        onAction={(key) => onOpen(String(key))}
        escapeKeyBehavior="none"
        shouldFocusWrap={false}
      >
        <Collection items={items} dependencies={[onFocusRow]}>
          {(row) => <CaseRow id={row.caseId} row={row} onFocus={onFocusRow} />}
        </Collection>
        <ListBoxLoadMoreItem isLoading={isLoadingMore} onLoadMore={onLoadMore}>
          <Loading lines={1} />
        </ListBoxLoadMoreItem>
      </ListBox>
    </Virtualizer>
  )
}
