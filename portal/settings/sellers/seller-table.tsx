import { Link } from '@tanstack/react-router'
import { useMarketplaceName } from '../../data/marketplaces.js'
import { Button } from '../../design/button.js'
import { Day } from '../../design/day.js'
import { Aside } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag } from '../../design/tag.js'
import { useNow } from '../../words/now.js'
import { useReading } from '../../words/words.js'
import type { Seller } from './seller.js'

const STEP_MS = 60_000

/** Entries with where, for what and for how long they hold; they can be taken back where somebody may. */
export function SellerTable({
  sellers,
  onTakeBack,
}: {
  sellers: readonly Seller[]
  onTakeBack?: (seller: Seller) => void
}) {
  const { say } = useReading()
  const nameOf = useMarketplaceName()
  return (
    <Table
      label={say('sellers.title')}
      rows={sellers}
      keyOf={({ entryId }) => entryId}
      columns={[
        {
          id: 'seller',
          title: say('sellers.seller'),
          isHead: true,
          cell: ({ sellerId, caseId }) => (
            <span>
              {sellerId}
              {caseId !== null && (
                <>
                  {' '}
                  <Link to="/cases/$caseId" params={{ caseId }}>
                    {say('sellers.fromCase')}
                  </Link>
                </>
              )}
            </span>
          ),
        },
        {
          id: 'marketplace',
          title: say('sellers.marketplace'),
          cell: ({ marketplace }) => nameOf(marketplace),
        },
        {
          id: 'sku',
          title: say('sellers.sku'),
          cell: ({ sku }) => sku ?? <Aside>{say('sellers.everything')}</Aside>,
        },
        {
          id: 'from',
          title: say('sellers.from'),
          cell: ({ validFrom }) => <Day at={validFrom} />,
        },
        { id: 'until', title: say('sellers.until'), cell: (seller) => <Until of={seller} /> },
        ...(onTakeBack
          ? [
              {
                id: 'acts',
                title: say('form.acts'),
                isForActs: true,
                cell: (seller: Seller) => (
                  <Button
                    weight="quiet"
                    aria-label={`${say('sellers.remove')}: ${seller.sellerId}`}
                    onPress={() => onTakeBack(seller)}
                  >
                    {say('sellers.remove')}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

function Until({ of: { validFrom, validUntil } }: { of: Seller }) {
  const { say } = useReading()
  const nowMs = useNow(STEP_MS)
  const isOver = validUntil !== null && Date.parse(validUntil) <= nowMs
  return (
    <span>
      {validUntil === null ? <Aside>{say('sellers.noEnd')}</Aside> : <Day at={validUntil} />}{' '}
      {isOver && <Tag tone="soon">{say('sellers.over')}</Tag>}
      {Date.parse(validFrom) > nowMs && <Tag tone="calm">{say('sellers.later')}</Tag>}
    </span>
  )
}
