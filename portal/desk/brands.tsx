import { Link } from '@tanstack/react-router'
import type { Desk } from '../../contract/desk.js'
import type { Phase } from '../../domain/vocabulary.js'
import { Table } from '../design/table.js'
import { Tag } from '../design/tag.js'
import { useReading } from '../words/words.js'
import { openOf } from './counts.js'

type Brand = Desk['brands'][number]

/** The phases that are counted, and in which column. */
const COLUMNS = [
  ['withBrand', ['awaitingBrand']],
  ['withManager', ['awaitingAccountManager']],
  ['withLead', ['awaitingLead']],
  ['removing', ['coolingOff', 'takingDown', 'restoring']],
  ['stuckCount', ['needsAttention']],
] as const satisfies readonly (readonly [string, readonly Phase[]])[]

/** Brands with what is open by whose turn it is, and how they answer; the silent ones first. */
export function Brands({ brands }: { brands: readonly Brand[] }) {
  const { say, number } = useReading()
  const sorted = brands.toSorted(
    (a, b) => Number(b.silent) - Number(a.silent) || b.overdue - a.overdue || openOf(b) - openOf(a),
  )
  const count = (id: string, title: string, of: (brand: Brand) => number) => ({
    ...{ id, title, isNumber: true },
    cell: (brand: Brand) => number(of(brand)),
  })
  return (
    <Table
      label={say('desk.brands')}
      rows={sorted}
      keyOf={({ brandId }) => brandId}
      columns={[
        {
          id: 'brand',
          title: say('form.brand'),
          isHead: true,
          cell: ({ brandId, name, silent, active }) => (
            <>
              <Link to="/" search={{ brand: brandId }}>
                {name}
              </Link>{' '}
              {silent && <Tag tone="alarm">{say('desk.isSilent')}</Tag>}
              {!active && <Tag tone="calm">{say('desk.inactive')}</Tag>}
            </>
          ),
        },
        ...COLUMNS.map(([id, phases]) =>
          count(id, say(`desk.${id}`), ({ openByPhase }) =>
            phases.reduce((sum, phase) => sum + (openByPhase[phase] ?? 0), 0),
          ),
        ),
        count('overdue', say('desk.overdue'), ({ overdue }) => overdue),
        count('inTime', say('desk.inTime'), ({ answeredInTime }) => answeredInTime),
        count('missed', say('desk.missed'), ({ missed }) => missed),
        count('reminded', say('desk.reminded'), ({ reminded }) => reminded),
      ]}
    />
  )
}
