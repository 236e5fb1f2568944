import { useState } from 'react'
import type { CaseSummary } from '../../contract/case.js'
import type { Role } from '../../domain/vocabulary.js'
import { Button } from '../design/button.js'
import { useReading } from '../words/words.js'
import { BulkDialog } from './bulk-dialog.js'
import styles from './bulk-bar.module.css'

/** How many cases are selected, and what can be done with them together. */
export function BulkBar({
  rows,
  role,
  onClear,
}: {
  rows: readonly CaseSummary[]
  role: Role
  onClear: () => void
}) {
  const { say } = useReading()
  // The cases as they were selected: the list behind the dialog goes on changing.
  const [deciding, setDeciding] = useState<readonly CaseSummary[] | null>(null)
  return (
    <div className={styles['bar']}>
      <span role="status">{say('bulk.selected', { count: rows.length })}</span>
      <Button weight="main" onPress={() => setDeciding(rows)}>
        {say('bulk.decide')}
      </Button>
      <Button weight="quiet" onPress={onClear}>
        {say('bulk.clear')}
      </Button>
      {deciding && (
        <BulkDialog
          selected={deciding}
          role={role}
          onClose={(isDone) => {
            setDeciding(null)
            if (isDone) onClear()
          }}
        />
      )}
    </div>
  )
}
