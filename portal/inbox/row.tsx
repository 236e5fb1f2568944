import { Check } from 'lucide-react'
import { createContext, memo, useContext, useEffect } from 'react'
import { ListBoxItem, ListStateContext } from 'react-aria-components'
import type { CaseSummary } from '../../contract/case.js'
import { oneLine } from '../../notifications/plain-text.js'
import { Picture } from '../design/picture.js'
import { TimeLeft } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import type { Column } from './columns.js'
import { factOf } from './row-facts.js'
import styles from './row.module.css'

const TITLE_MAX = 200

/** The case that is open beside the queue, by its id. */
export const OpenCaseContext = createContext<string | undefined>(undefined)

/** What the rows show; `null`: the usual. */
export const ColumnsContext = createContext<readonly Column[] | null>(null)

/** A case in the queue: what it is about, whose turn it is, how long, and what follows. */
export function CaseRow({
  id,
  row,
  onFocus,
}: {
  id: string
  row: CaseSummary
  onFocus: (caseId: string) => void
}) {
  return (
    <ListBoxItem id={id} textValue={row.title || row.listingId} className={styles['row']}>
      {({ isFocused, isSelected }) => <RowContent {...{ row, isFocused, isSelected, onFocus }} />}
    </ListBoxItem>
  )
}

const RowContent = memo(function RowContent({
  row,
  isFocused,
  isSelected,
  onFocus,
}: {
  row: CaseSummary
  isFocused: boolean
  isSelected: boolean
  onFocus: (caseId: string) => void
}) {
  const columns = useContext(ColumnsContext)
  const list = useContext(ListStateContext)
  const isOpen = useContext(OpenCaseContext) === row.caseId
  const { caseId } = row
  useEffect(() => {
    if (isFocused) onFocus(caseId)
  }, [isFocused, caseId, onFocus])
  return (
    <>
      {/* A mouse's way to select; keys and screen readers have the row itself. */}
      <span
        className={styles['box']}
        aria-hidden="true"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation()
          list?.selectionManager.toggleSelection(caseId)
        }}
      >
        <span data-ticked={isSelected || undefined} data-open={isOpen || undefined}>
          <Check size={12} strokeWidth={3} />
        </span>
      </span>
      <Picture sha256={row.pictureSha256} text="" size="row" />
      <span className={styles['lines']}>
        <span className={styles['line']}>
          <span className={styles['title']}>{oneLine(row.title || row.listingId, TITLE_MAX)}</span>
          <TimeLeft dueAt={row.dueAt} />
        </span>
        {columns ? <Chosen {...{ row, columns }} /> : <Usual row={row} />}
      </span>
    </>
  )
})

/** The usual facts, each at its place. */
function Usual({ row }: { row: CaseSummary }) {
  const reading = useReading()
  return (
    <>
      <span className={styles['line']}>
        <span className={styles['rest']}>
          {factOf('marketplace', row, reading)} · {factOf('seller', row, reading)}
        </span>
        {factOf('price', row, reading)}
      </span>
      <span className={styles['line']}>
        {factOf('severity', row, reading)}
        <span className={styles['rest']}>{factOf('turn', row, reading)}</span>
      </span>
      <span className={styles['line']}>
        <span className={styles['rest']}>{factOf('silence', row, reading)}</span>
      </span>
    </>
  )
}

/** Those that were chosen, one after the other, as far as three lines hold them. */
function Chosen({ row, columns }: { row: CaseSummary; columns: readonly Column[] }) {
  const reading = useReading()
  return (
    <span className={styles['chosen']}>
      {columns.map((column) => {
        const fact = factOf(column, row, reading)
        if (fact === null || fact === '') return null
        return (
          <span key={column} className={styles['fact']}>
            {fact}
          </span>
        )
      })}
    </span>
  )
}
