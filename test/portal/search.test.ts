import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { CaseListQuerySchema } from '../../contract/case-list.js'
import { isNarrowed, listQueryOf, PANES, readSearch, VIEWS } from '../../portal/inbox/search.js'
import { columnsOf, USUAL_COLUMNS, withMoved } from '../../portal/inbox/columns.js'
import { CASE_SORTS } from '../../domain/case/sorts.js'
import { BUILT_IN_VIEWS, isShown, searchOfView, textOfView } from '../../portal/inbox/saved-view.js'

const query = Compile(CaseListQuerySchema)
const anything = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constantFrom(
    'seller,price',
    'price,price,nothing',
    'CNY:23',
    'ab'.repeat(32),
    ...CASE_SORTS,
    ...VIEWS,
    ...PANES,
    'S1',
    'takenDown',
    null,
  ),
)
const addresses = fc.dictionary(
  fc.constantFrom(
    'view',
    'sort',
    'severity',
    'outcome',
    'marketplace',
    'brand',
    'seller',
    'picture',
    'shape',
    'band',
    'columns',
    'case',
    'mail',
    'pane',
  ),
  anything,
)

describe('the address of the inbox', () => {
  it('is what it was when it is read again, and asks for a list that the API gives', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const search = readSearch(address)
        expect(readSearch({ ...search })).toEqual(search)
        expect([...query.Errors({ ...listQueryOf(search), marketplace: 'taobao' })]).toEqual([])
      }),
    )
  })

  it('leaves out what is usual, and what is no value', () => {
    expect(readSearch({ view: 'toDecide', sort: 'dueAt', severity: 'S9', text: '  ' })).toEqual({})
  })

  it('takes an order only where a queue can be in it', () => {
    expect(readSearch({ view: 'closed', sort: 'dueAt' })).toEqual({ view: 'closed' })
    expect(readSearch({ view: 'open', sort: 'dueAt' })).toEqual({ view: 'open', sort: 'dueAt' })
  })

  it('names columns in their order, each once, and the usual ones not at all', () => {
    expect(readSearch({ columns: 'price,seller,price,nothing' })).toEqual({
      columns: 'price,seller',
    })
    expect(readSearch({ columns: USUAL_COLUMNS.join(',') })).toEqual({})
    expect(columnsOf('nothing')).toBeNull()
    expect(withMoved(['price', 'seller', 'brand'], 'brand', -1)).toEqual([
      'price',
      'brand',
      'seller',
    ])
    expect(withMoved(['price', 'seller'], 'price', -1)).toEqual(['price', 'seller'])
  })

  it('reads an id of digits as the id it is', () => {
    expect(readSearch({ seller: 4711 })).toEqual({ seller: '4711' })
  })

  it('asks by default for what somebody can decide, the shortest time first', () => {
    expect(listQueryOf({})).toEqual({
      phase: ['awaitingBrand', 'awaitingAccountManager', 'awaitingLead'],
      sort: 'dueAt',
    })
  })

  it('knows whether more than the queue was chosen', () => {
    expect(isNarrowed({ view: 'closed', sort: 'openedAt', case: 'c' })).toBe(false)
    expect(isNarrowed({ text: 'bag' })).toBe(true)
  })
})

describe('a saved view', () => {
  it('keeps all of the address but the open case, and opens without what was there before', () => {
    const search = readSearch({
      view: 'open',
      severity: 'S1',
      text: 'a & b',
      case: 'c',
      pane: 'listing',
    })
    const text = textOfView(search)
    expect(text).toBe('view=open&severity=S1&text=a+%26+b')
    expect(isShown(text, search)).toBe(true)
    const opened = { ...readSearch({ seller: 'S-1', case: 'other' }), ...searchOfView(text) }
    expect(readSearch(opened)).toEqual({ view: 'open', severity: 'S1', text: 'a & b' })
  })

  it('leaves out what can no longer be meant', () => {
    expect(readSearch(searchOfView('view=gone&severity=S9&text=bag'))).toEqual({ text: 'bag' })
  })

  it('of everybody is an address as it would be read', () => {
    for (const search of Object.values(BUILT_IN_VIEWS)) expect(readSearch(search)).toEqual(search)
  })
})
