import { bandLimits, type Likeness } from '../../domain/listing/likeness.js'
import { localPrice } from '../../notifications/local-format.js'
import type { Reading } from '../words/words.js'

/** What people call it that cases are alike; of a price with the limits of its band. */
export function likenessName(
  by: Likeness,
  band: string | undefined,
  { say, locale }: Pick<Reading, 'say' | 'locale'>,
): string {
  if (by !== 'price') return say(`similar.${by}`)
  const { currency, from, below } = bandLimits(band ?? '') ?? { currency: 'XXX', from: 0, below: 0 }
  const limit = (amount: number) => localPrice({ amount: rounded(amount), currency }, locale)
  return say('similar.price', { from: limit(from), below: limit(below) })
}

/** Cents tell something of small prices only. */
function rounded(amount: number): number {
  return amount < 10 ? Math.round(amount * 100) / 100 : Math.round(amount)
}
