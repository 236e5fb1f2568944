import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { usePages } from '../../data/pages.js'
import { Button } from '../../design/button.js'
import { Listed } from '../../design/listed.js'
import { Row, Sheet } from '../../design/page.js'
import { ShownOnce } from '../../design/shown-once.js'
import { Empty } from '../../design/states.js'
import { useReading } from '../../words/words.js'
import { BrandPage } from '../brand-choice.js'
import { EndpointDialog } from './endpoint-dialog.js'
import { EndpointTable } from './endpoint-table.js'
import { Messages } from './messages.js'
import { endpointsQuery, type EndpointWithSecret } from './webhook.js'

/** Where the brand's own system is told of its cases, and what was sent there. */
export function Webhooks() {
  const { say } = useReading()
  return (
    <BrandPage title={say('webhooks.title')} intro={say('webhooks.intro')}>
      {({ brandId, isMine }) =>
        isMine ? (
          <EndpointsOf key={brandId} brandId={brandId} />
        ) : (
          <Empty title={say('webhooks.notMine')} />
        )
      }
    </BrandPage>
  )
}

function EndpointsOf({ brandId }: { brandId: string }) {
  const { say } = useReading()
  const client = useQueryClient()
  const endpoints = usePages(endpointsQuery(brandId))
  const [isAdding, setAdding] = useState(false)
  const [shown, setShown] = useState<EndpointWithSecret | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  const open = endpoints.items?.find(({ endpointId }) => endpointId === openId)
  const readAgain = () => void client.invalidateQueries(endpointsQuery(brandId))

  function show(endpoint: EndpointWithSecret): void {
    setAdding(false)
    setShown(endpoint)
    setOpenId(endpoint.endpointId)
    readAgain()
  }

  return (
    <>
      <Sheet
        actions={
          <Row>
            <Button weight="main" onPress={() => setAdding(true)}>
              {say('webhooks.add')}
            </Button>
          </Row>
        }
      >
        <Listed of={endpoints} empty={say('webhooks.none')}>
          {(items) => (
            <EndpointTable endpoints={items} onShow={({ endpointId }) => setOpenId(endpointId)} />
          )}
        </Listed>
      </Sheet>
      {open && (
        <Messages
          key={open.endpointId}
          endpoint={open}
          onChanged={readAgain}
          onSecret={show}
          onRemoved={() => {
            setOpenId(null)
            readAgain()
          }}
        />
      )}
      {isAdding && (
        <EndpointDialog
          brandId={brandId}
          endpoint={null}
          onClose={() => setAdding(false)}
          onMade={show}
        />
      )}
      {shown && (
        <ShownOnce
          title={say('webhooks.secretTitle')}
          text={say('webhooks.secretText')}
          secret={shown.secret}
          onClose={() => setShown(null)}
        />
      )}
    </>
  )
}
