import { describe, expect, it } from '@jest/globals'
import { type FittedProduct, fittingReferences } from '../../../domain/listing/references.js'

interface Product extends FittedProduct {
  name: string
}
const product = (name: string, fields: Partial<FittedProduct>): Product => ({
  ...{ name, skus: [], words: [], pictureHashes: [] },
  ...fields,
})
const fitsOf = (
  listing: { title: string; sku?: string },
  products: Product[],
  hashes: string[] = [],
) =>
  fittingReferences(listing, hashes, products).map(({ reference: { name }, by, distance }) => [
    name,
    by,
    distance,
  ])

describe('the genuine product that fits a listing', () => {
  it('is the one with its number, before those whose words its title has, before a picture like it', () => {
    const products = [
      product('by picture', { pictureHashes: ['00000000000000ff'] }),
      product('by words', { words: ['charger', '65 W'] }),
      product('by more words', { words: ['charger', '65 W', 'fast'] }),
      product('by number', { skus: ['vb-chg-65'] }),
      product('another', { skus: ['VB-1'], words: ['cable'], pictureHashes: ['ffffffffffffffff'] }),
    ]
    const listing = { title: 'Voltbrook FAST  charger 65 W', sku: 'VB-CHG-65' }
    expect(fitsOf(listing, products, ['00000000000000fe'])).toEqual([
      ['by number', 'sku', null],
      ['by more words', 'words', null],
      ['by words', 'words', null],
      ['by picture', 'picture', 1],
    ])
  })

  it.each([
    ['Drinking glass', 'ink', false],
    ['Ink 664XL', '664', false],
    ['Ink 664-XL', '664', true],
    ['Ink 6641', '664', false],
    ['Cartucho de tinta colorida — ORIGINAL', 'original', true],
    ['Cartão de memória', 'cartao', true],
    ['女士单肩包 原厂品质', '单肩包', true],
    ['ink', 'drink', false],
  ])('with the title %s has the word %s: %s', (title, word, isFound) => {
    expect(fitsOf({ title }, [product('it', { words: [word] })])).toHaveLength(isFound ? 1 : 0)
  })

  it('is none without all of its words, without words at all, or by a picture of something else', () => {
    const products = [
      product('half', { words: ['charger', '100 W'] }),
      product('nothing', {}),
      product('other picture', { pictureHashes: ['ffffffff00000000'] }),
      product('unreadable picture', { pictureHashes: ['none'] }),
    ]
    expect(fitsOf({ title: 'charger' }, products, ['0000000000000000', 'phash:1'])).toEqual([])
  })

  it('says how near its nearest picture is, whatever it fits by', () => {
    const near = product('near', { words: ['bag'], pictureHashes: ['0f0f0f0f0f0f0f0f'] })
    const nearer = product('nearer', { words: ['bag'], pictureHashes: ['0000000000000001'] })
    expect(fitsOf({ title: 'bag' }, [near, nearer], ['0000000000000000'])).toEqual([
      ['nearer', 'words', 1],
      ['near', 'words', 32],
    ])
  })
})
