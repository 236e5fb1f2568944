import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Checkbox } from '../design/fields.js'
import { useReading } from '../words/words.js'
import { type Column, COLUMNS, USUAL_COLUMNS, withMoved } from './columns.js'
import styles from './columns-dialog.module.css'

/** Which facts the rows of the queue show, and in which order. */
export function ColumnsDialog({
  columns,
  onChange,
  onClose,
}: {
  columns: readonly Column[]
  onChange: (columns: readonly Column[]) => void
  onClose: () => void
}) {
  const { say } = useReading()
  const [chosen, setChosen] = useState(columns)
  const others = COLUMNS.filter((column) => !chosen.includes(column))
  const become = (next: readonly Column[]) => {
    // A row without a fact would be a row of empty lines.
    if (next.length === 0) return
    setChosen(next)
    onChange(next)
  }
  return (
    <Dialog title={say('columns.title')} isOpen onClose={onClose}>
      <ul className={styles['columns']}>
        {chosen.map((column, place) => (
          <li key={column}>
            <Checkbox isSelected onChange={() => become(chosen.filter((each) => each !== column))}>
              {say(`column.${column}`)}
            </Checkbox>
            <Button
              weight="quiet"
              isDisabled={place === 0}
              aria-label={say('columns.up', { column: say(`column.${column}`) })}
              onPress={() => become(withMoved(chosen, column, -1))}
            >
              <ArrowUp size={16} aria-hidden="true" />
            </Button>
            <Button
              weight="quiet"
              isDisabled={place === chosen.length - 1}
              aria-label={say('columns.down', { column: say(`column.${column}`) })}
              onPress={() => become(withMoved(chosen, column, 1))}
            >
              <ArrowDown size={16} aria-hidden="true" />
            </Button>
          </li>
        ))}
        {others.map((column) => (
          <li key={column}>
            <Checkbox isSelected={false} onChange={() => become([...chosen, column])}>
              {say(`column.${column}`)}
            </Checkbox>
          </li>
        ))}
      </ul>
      <div className={styles['buttons']}>
        <Button onPress={() => become(USUAL_COLUMNS)}>{say('columns.usual')}</Button>
        <Button weight="main" onPress={onClose}>
          {say('columns.done')}
        </Button>
      </div>
    </Dialog>
  )
}
