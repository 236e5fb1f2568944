import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { endOfDay } from '../../../domain/brand/local-day.js'
import { api } from '../../data/api.js'
import { marketplacesQuery } from '../../data/marketplaces.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Select, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'

const ID_MAX = 200
const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

/** Asks for one seller: where, for which product, until when. */
export function AddSeller({
  path,
  onClose,
  onAdded,
}: {
  path: string
  onClose: () => void
  onAdded: () => void
}) {
  const { say } = useReading()
  const { data: marketplaces = [] } = useQuery(marketplacesQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const [sellerId, setSellerId] = useState('')
  const [sku, setSku] = useState('')
  const [lastDay, setLastDay] = useState('')
  const { isBusy, trouble, send } = useSending()
  const marketplace = chosen ?? marketplaces[0]?.marketplace ?? ''

  async function add(): Promise<void> {
    const endMs = lastDay === '' ? null : endOfDay(lastDay, timeZone)
    const body = {
      ...{ marketplace, sellerId: sellerId.trim(), sku: sku.trim() === '' ? null : sku.trim() },
      validUntil: endMs === null ? null : new Date(endMs).toISOString(),
    }
    const isDone = await send(() => api.request('POST', path, { body, once: true }))
    if (!isDone) return
    onAdded()
    onClose()
  }

  return (
    <Dialog title={say('sellers.add')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <Stack>
          <Select
            label={say('sellers.marketplace')}
            isLabelled
            value={marketplace}
            options={marketplaces.map((each) => ({ value: each.marketplace, label: each.name }))}
            onChange={setChosen}
          />
          <TextField
            label={say('sellers.seller')}
            hint={say('sellers.sellerHint')}
            value={sellerId}
            onChange={setSellerId}
            maxLength={ID_MAX}
          />
          <TextField
            label={say('sellers.sku')}
            hint={say('sellers.skuHint')}
            value={sku}
            onChange={setSku}
            maxLength={ID_MAX}
          />
          <TextField
            label={say('sellers.until')}
            hint={say('sellers.untilHint')}
            type="date"
            value={lastDay}
            onChange={setLastDay}
          />
          <TroubleLine trouble={trouble} />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={isBusy || sellerId.trim() === '' || marketplace === ''}
            >
              {say('sellers.add')}
            </Button>
            <Button weight="quiet" onPress={onClose}>
              {say('form.cancel')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
