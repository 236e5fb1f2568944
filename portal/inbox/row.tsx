import { Check } from 'lucide-react'
import { createContext, memo, useContext, useEffect } from 'react'
import { ListBoxItem, ListStateContext } from 'react-aria-components'
import type { CaseSummary } from '../../contract/case.js'
import { localPercent, localPrice } from '../../notifications/local-format.js'
import { oneLine } from '../../notifications/plain-text.js'
import { priceFacts } from '../case/price.js'
import { standingOf } from '../case/standing.js'
import { Picture } from '../design/picture.js'
import { Tag } from '../design/tag.js'
import { TimeLeft } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import styles from './row.module.css'

const TITLE_MAX = 200

/** The case that is open beside the queue, by its id. */
export const OpenCaseContext = createContext<string | undefined>(undefined)

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
  const { say, vocabulary, locale } = useReading()
  const list = useContext(ListStateContext)
  const isOpen = useContext(OpenCaseContext) === row.caseId
  const { caseId } = row
  useEffect(() => {
    if (isFocused) onFocus(caseId)
  }, [isFocused, caseId, onFocus])
  const { phase, owner, follows, tone } = standingOf(row, vocabulary)
  const { price, share, isLow } = priceFacts(row)
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
        <span className={styles['line']}>
          <span className={styles['rest']}>
            {row.marketplace} · {oneLine(row.sellerName ?? row.sellerId, TITLE_MAX)}
          </span>
          {price && (
            <span className={styles['price']}>
              {localPrice(price, locale)}
              {share !== null && (
                <Tag tone={isLow ? 'alarm' : 'plain'}>
                  {say('row.share', { share: localPercent(share, locale) })}
                </Tag>
              )}
            </span>
          )}
        </span>
        <span className={styles['line']}>
          <Tag tone={row.severity === 'S1' ? 'alarm' : 'calm'}>
            {vocabulary.severities[row.severity]}
          </Tag>
          <span className={styles['rest']}>
            {tone === 'calm' && owner ? say('row.turn', { owner }) : phase}
          </span>
        </span>
        <span className={styles['line']}>
          <span className={styles['rest']}>
            {follows && (row.verdict ? follows : say('row.ifSilent', { follows }))}
          </span>
        </span>
      </span>
    </>
  )
})
