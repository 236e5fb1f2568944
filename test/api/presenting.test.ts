import { describe, expect, it } from '@jest/globals'
import { presentCase, type Reader } from '../../api/schemas/case.js'
import { happening } from '../../domain/case-events.js'
import { derivedFields, toRow } from '../../store/case-row.js'
import { buildCase, continueCase, MONDAY_MS } from '../builders/case.js'

describe('a case with a mail that was refused', () => {
  const failed = { contactId: 'brand.northwind.mei-lin', kind: 'asked' as const }
  const detail = '550 no such user mei.lin@northwind.example'
  const at = MONDAY_MS + 60_000
  const { state, caseId, workflowId } = continueCase(
    buildCase(),
    [happening('noticeFailed', { ...failed, detail })],
    at,
  )
  const row = toRow({
    ...derivedFields(state),
    _id: caseId,
    workflowId,
    externalIds: [],
    openingRev: 1,
  })
  const shown = (reader: Reader) => presentCase(row, reader, null).failedNotices

  it('shows staff who was not reached, and why', () => {
    expect(shown('staff')).toEqual([{ ...failed, detail, at: new Date(at).toISOString() }])
  })

  it.each(['brand', 'monitor'] as const)('tells a %s only that it failed', (reader) => {
    expect(shown(reader)).toEqual([{ kind: 'asked', at: new Date(at).toISOString() }])
  })
})
