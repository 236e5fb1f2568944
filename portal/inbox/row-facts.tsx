import type { ReactNode } from 'react'
import type { CaseSummary } from '../../contract/case.js'
import { localDay, localPercent, localPrice } from '../../notifications/local-format.js'
import { oneLine } from '../../notifications/plain-text.js'
import { priceFacts } from '../case/price.js'
import { standingOf } from '../case/standing.js'
import { Tag } from '../design/tag.js'
import type { Reading } from '../words/words.js'
import type { Column } from './columns.js'
import styles from './row.module.css'

const TEXT_MAX = 200

/** What a row shows in a column; nothing where the case has none. */
export function factOf(column: Column, row: CaseSummary, reading: Reading): ReactNode {
  const { say, vocabulary, locale, number } = reading
  switch (column) {
    case 'marketplace':
      return row.marketplace
    case 'seller':
      return oneLine(row.sellerName ?? row.sellerId, TEXT_MAX)
    case 'price': {
      const { price, share, isLow } = priceFacts(row)
      if (!price) return null
      return (
        <span className={styles['price']}>
          {localPrice(price, locale)}
          {share !== null && (
            <Tag tone={isLow ? 'alarm' : 'plain'}>
              {say('row.share', { share: localPercent(share, locale) })}
            </Tag>
          )}
        </span>
      )
    }
    case 'severity':
      return (
        <Tag tone={row.severity === 'S1' ? 'alarm' : 'calm'}>
          {vocabulary.severities[row.severity]}
        </Tag>
      )
    case 'turn': {
      const { phase, owner, tone } = standingOf(row, vocabulary)
      return tone === 'calm' && owner ? say('row.turn', { owner }) : phase
    }
    case 'silence': {
      const { follows } = standingOf(row, vocabulary)
      return follows && (row.verdict ? follows : say('row.ifSilent', { follows }))
    }
    case 'listing':
      return oneLine(row.listingId, TEXT_MAX)
    case 'brand':
      return row.brandId
    case 'opened':
      return say('row.opened', { day: localDay(row.openedAt, locale) })
    case 'units':
      return row.units === null ? null : say('row.units', { units: number(row.units) })
    case 'rules':
      return oneLine(row.ruleIds.join(', '), TEXT_MAX)
    case 'accountManager':
      return row.accountManagerId
  }
}
