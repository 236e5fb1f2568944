import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseCsv } from '../../api/http/csv.js'
import { itemsOfCsv } from '../../api/http/decision-items.js'
import { csvLine } from '../../platform/csv-line.js'
import { trimmed } from '../../domain/form/given-text.js'

const AB = ['a', 'b']

describe('parseCsv', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a,b', 'a;b', '"', '\r\n', 'x\ny', ' ', 'é\u{1f45c}'),
  )
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const isBlank = (row: readonly string[]) => row.every((text) => trimmed(text) === '')

  it('reads back every text that was written by the rules, blank rows aside', async () => {
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 })
    const ends = fc.constantFrom('\n', '\r\n')
    const separators = fc.constantFrom(',', ';')
    await fc.assert(
      fc.asyncProperty(rows, ends, separators, fc.boolean(), async (cells, end, by, last) => {
        const lines = [AB, ...cells].map((row) => row.map(quoted).join(by))
        const { records } = await parseCsv(lines.join(end) + (last ? end : ''), AB)
        const expected = cells.filter((row) => !isBlank(row)).map((row) => row.map(trimmed))
        expect(records.map(({ fields }) => [fields['a'], fields['b']])).toEqual(expected)
      }),
    )
  })

  it('reads the same in whatever pieces the text is cut', async () => {
    const long = 'né'.repeat(10_000)
    const text = ['a,b', `"${long}",x`, `x,"${long}"`, `${long},"\u{1f45c}"`].join('\n')
    const { records } = await parseCsv(text, AB)
    expect(records.map(({ fields }) => fields)).toEqual([
      { a: long, b: 'x' },
      { a: 'x', b: long },
      { a: long, b: '\u{1f45c}' },
    ])
  })

  it('names the line a record starts on', async () => {
    const { records } = await parseCsv('\uFEFFa,b\r\n1,"two\nlines"\r\n\r\n,\r\n2,x', AB)
    expect(records).toEqual([
      { line: 2, fields: { a: '1', b: 'two\nlines' } },
      { line: 6, fields: { a: '2', b: 'x' } },
    ])
  })

  it('keeps an empty last field, and passes over empty ones beyond the header', async () => {
    const { records } = await parseCsv('a,b\n1,\n2,3,,', AB)
    expect(records.map(({ fields }) => fields)).toEqual([
      { a: '1', b: '' },
      { a: '2', b: '3' },
    ])
  })

  it('names the columns that are no field', async () => {
    const { records, ignored } = await parseCsv('title;a;;note;\nBag;1;;;', AB)
    expect(ignored).toEqual(['title', 'note'])
    expect(records).toEqual([{ line: 2, fields: { a: '1' } }])
  })

  it.each([
    ['', 'empty'],
    ['\n,\n', 'empty'],
    ['a,a', 'twice'],
    ['x,y\n1,2', 'line 1 names none of the columns a, b'],
    ['a,b\n1,2,3', 'line 2: 3 fields instead of 2'],
    ['a,b\n1', 'line 2: 1 fields instead of 2'],
    ['a\n"1', 'line 2: a quote is not closed'],
    ['a\n"1"2', 'line 2: a quote stands inside'],
    ['a\n1"2', 'line 2: a quote stands inside'],
  ])('refuses %j', async (text, message) => {
    await expect(parseCsv(text, AB)).rejects.toThrow(message)
  })

  it.each([
    ['columns', `a${','.repeat(40_000)}`, 'line 1: more than 200 columns'],
    ['columns of one record', `a\n${','.repeat(5_000_000)}`, 'line 2: more than 200 columns'],
    ['lines', 'a\n'.repeat(2_500_000), 'more than 10000 lines'],
    ['blank lines', `a${'\n'.repeat(5_000_000)}`, 'more than 10000 lines'],
    ['text in a line', `a\n${'x'.repeat(5_000_000)}`, 'line 2: longer than 64 KiB'],
    ['quotes', '"'.repeat(5_000_001), 'line 1: longer than 64 KiB'],
  ])('refuses too many %s before anything is done with them', async (_what, text, message) => {
    const startedAt = performance.now()
    await expect(parseCsv(text, AB)).rejects.toThrow(message)
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })
})

describe('decisions in CSV', () => {
  const itemOf = async (columns: string, cells: string) =>
    (await itemsOfCsv(`${columns}\n${cells}`)).items[0]?.fields

  it.each([
    ['true', { attestation: { accepted: true } }],
    ['TRUE', { attestation: { accepted: true } }],
    ['FALSE', {}],
    ['', {}],
    ['yes', { attestation: { accepted: 'yes' } }],
  ])('have the statement that a spreadsheet writes as %j', async (cell, expected) => {
    expect(await itemOf('caseId,attestation', `c,${cell}`)).toEqual({ caseId: 'c', ...expected })
  })

  it.each([
    ['true,,', { allowList: {} }],
    ['FALSE,,', {}],
    ['maybe,,', { allowList: 'maybe' }],
    [',SKU-1,', { allowList: { sku: 'SKU-1' } }],
    [
      'TRUE,SKU-1,2027-01-01T00:00:00Z',
      { allowList: { sku: 'SKU-1', until: '2027-01-01T00:00:00Z' } },
    ],
  ])('name who else may sell as %j', async (cells, expected) => {
    const columns = 'caseId,allowList,allowList.sku,allowList.until'
    expect(await itemOf(columns, `c,${cells}`)).toEqual({ caseId: 'c', ...expected })
  })

  it('have nothing around a word that nobody sees', async () => {
    expect(await itemOf('caseId, verdict', ' c\u200b,\u00a0genuine ')).toEqual({
      caseId: 'c',
      verdict: 'genuine',
    })
  })

  it('are as many as there are rows with something in them', async () => {
    const csv = `caseId,verdict\n${'c,genuine\n'.repeat(300)},\n`
    expect((await itemsOfCsv(csv)).items).toHaveLength(300)
    await expect(itemsOfCsv(`${csv}c,genuine\n`)).rejects.toThrow('there are 301 decisions')
  })

  it('are what the command line wrote to be filled in, formulas of sellers and all', async () => {
    const ids = ['=1+1', '-1', '+49', '@x', "'a", 'a,"b;c', '530912345678']
    const rows = ids.map((id) => csvLine([id, 'genuine', '=HYPERLINK("x")\u001b']))
    const text = `\ufeff${csvLine(['listingId', 'verdict', 'title'])}${rows.join('')}`
    expect(text).not.toMatch(/(^|[,;\n])"?[=+\-@]/)
    const { items, ignoredColumns } = await itemsOfCsv(text)
    expect(items.map(({ fields }) => fields['listingId'])).toEqual(ids)
    expect(ignoredColumns).toEqual(['title'])
  })
})
