import type { ReactNode } from 'react'
import styles from './table.module.css'

/** A column of a table. */
export interface Column<T> {
  id: string
  title: string
  cell: (row: T) => ReactNode
  /** Set to the right, in figures of one width. */
  isNumber?: boolean
  /** It says which row it is. */
  isHead?: boolean
  /** For what can be done: its title is read out only. */
  isForActs?: boolean
}

/**
 * A table that becomes a list of cards where it has no room. The roles say again what the elements
 * are, because browsers forget it of tables that are laid out as something else.
 */
export function Table<T>({
  label,
  columns,
  rows,
  keyOf,
}: {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
}) {
  return (
    <table className={styles['table']} role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ id, title, isNumber, isForActs }) => (
            <th
              key={id}
              role="columnheader"
              scope="col"
              className={isNumber ? styles['number'] : undefined}
            >
              {isForActs ? <span className="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ id, title, cell, isNumber, isHead, isForActs }) => {
              const looks = {
                className: [isNumber && styles['number'], isForActs && styles['acts']]
                  .filter(Boolean)
                  .join(' '),
                'data-title': isForActs ? '' : title,
              }
              return isHead ? (
                <th key={id} role="rowheader" scope="row" {...looks}>
                  {cell(row)}
                </th>
              ) : (
                <td key={id} role="cell" {...looks}>
                  {cell(row)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
