import { describe, expect, it } from '@jest/globals'
import { presentEvents } from '../../api/present/event.js'
import type { Reader } from '../../api/present/reader.js'
import { presentCase } from '../../api/present/case.js'
import { NOTE_AUDIENCES } from '../../domain/vocabulary.js'
import { happening } from '../../domain/case/events.js'
import { derivedFields, toRow } from '../../store/cases/row.js'
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
    savedAt: new Date(at),
    reopenedBy: null,
  })
  const shown = (reader: Reader) => presentCase(row, reader, null, []).failedNotices

  it('shows staff who was not reached, and why', () => {
    expect(shown('staff')).toEqual([{ ...failed, detail, at: new Date(at).toISOString() }])
  })

  it.each(['brand', 'monitor'] as const)('tells a %s only that it failed', (reader) => {
    expect(shown(reader)).toEqual([{ kind: 'asked', at: new Date(at).toISOString() }])
  })
})

describe('notes on a case', () => {
  const notes = NOTE_AUDIENCES.map((audience) =>
    happening('noteAdded', { text: `for ${audience}`, audience }),
  )
  const built = continueCase(buildCase(), notes, MONDAY_MS + 60_000)
  const stored = built.events.map((event) => ({
    event,
    caseId: built.caseId,
    canonical: '',
    prevHash: '',
    hash: '',
  }))

  it.each([
    ['staff', ['for internal', 'for brand', 'for marketplace']],
    ['brand', ['for brand']],
    ['monitor', ['for marketplace']],
  ] as [Reader, string[]][])('are shown to %s: %j', (reader, expected) => {
    const shown = presentEvents(built.caseId, stored, reader)
    const texts = shown.filter(({ type }) => type === 'noteAdded').map(({ data }) => data['text'])
    expect(texts).toEqual(expected)
  })
})

describe('what staff and brand write to each other', () => {
  const wait = buildCase().state.wait
  if (!wait) throw new Error('a case that is asked waits')
  const { caseId, events } = continueCase(
    buildCase(),
    [
      happening('asked', { wait, cause: 'returned', message: 'canary one' }),
      happening('reassigned', {
        role: 'accountManager',
        from: null,
        to: 'ana-souza',
        reason: 'canary two',
      }),
    ],
    MONDAY_MS + 60_000,
  )
  const record = (reader: Reader) =>
    JSON.stringify(
      presentEvents(
        caseId,
        events.map((event) => ({ event, caseId: 'c', canonical: '', prevHash: '', hash: '' })),
        reader,
      ),
    )

  it('is not for monitors', () => {
    expect(record('staff').match(/canary/g)).toHaveLength(2)
    expect(record('brand').match(/canary/g)).toHaveLength(2)
    expect(record('monitor')).not.toContain('canary')
  })
})
