import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { brandPath } from '../../../client/paths.js'
import { api } from '../../data/api.js'
import { csvText } from '../../data/csv.js'
import { download } from '../../data/download.js'
import { usePages } from '../../data/pages.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Listed } from '../../design/listed.js'
import { Row, Sheet } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { BrandPage, type ChosenBrand } from '../brand-choice.js'
import { AddSeller } from './add-seller.js'
import { ImportSellers } from './import-sellers.js'
import { SELLER_COLUMNS, type Seller, sellersQuery } from './seller.js'
import { SellerTable } from './seller-table.js'

/** The sellers a brand allows: one by one, or as a table in and out. */
export function AuthorisedSellers() {
  const { say } = useReading()
  return (
    <BrandPage title={say('sellers.title')} intro={say('sellers.intro')}>
      {(brand) => <SellersOf key={brand.brandId} brand={brand} />}
    </BrandPage>
  )
}

function SellersOf({ brand: { brandId, isMine } }: { brand: ChosenBrand }) {
  const { say } = useReading()
  const client = useQueryClient()
  const sellers = usePages(sellersQuery(brandId))
  const [asking, setAsking] = useState<'add' | 'import' | Seller | null>(null)
  const { isBusy, trouble, send } = useSending()
  const path = brandPath(brandId, '/authorised-sellers')
  const close = () => setAsking(null)
  const readAgain = () => client.invalidateQueries(sellersQuery(brandId))

  async function downloadAll(): Promise<void> {
    const all = await api.list<Seller>(path, {}, 'after')
    const rows = all.map((one) => SELLER_COLUMNS.map((column) => one[column]))
    download(`${brandId}-authorised-sellers.csv`, csvText(SELLER_COLUMNS, rows))
  }
  async function takeBack({ entryId }: Seller): Promise<void> {
    await api.request('DELETE', `${path}/${encodeURIComponent(entryId)}`)
    await readAgain()
  }

  return (
    <Sheet
      actions={
        <Row>
          {isMine && (
            <>
              <Button weight="main" onPress={() => setAsking('add')}>
                {say('sellers.add')}
              </Button>
              <Button onPress={() => setAsking('import')}>{say('sellers.import')}</Button>
            </>
          )}
          <Button isDisabled={isBusy} onPress={() => void send(downloadAll)}>
            {say('sellers.export')}
          </Button>
        </Row>
      }
    >
      <TroubleLine trouble={trouble} />
      <Listed of={sellers} empty={say('sellers.none')}>
        {(items) => <SellerTable sellers={items} {...(isMine ? { onTakeBack: setAsking } : {})} />}
      </Listed>
      {asking === 'add' && (
        <AddSeller path={path} onClose={close} onAdded={() => void readAgain()} />
      )}
      {asking === 'import' && (
        <ImportSellers path={path} onClose={close} onAdded={() => void readAgain()} />
      )}
      {asking !== null && typeof asking === 'object' && (
        <Confirm
          title={say('sellers.removeTitle', { seller: asking.sellerId })}
          act={say('sellers.remove')}
          onConfirm={() => takeBack(asking)}
          onClose={close}
        >
          <p>{say('sellers.removeText')}</p>
        </Confirm>
      )}
    </Sheet>
  )
}
