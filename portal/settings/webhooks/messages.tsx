import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { webhookPath } from '../../../client/paths.js'
import { api } from '../../data/api.js'
import { usePages } from '../../data/pages.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Listed } from '../../design/listed.js'
import { Row, Sheet } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { DeliveryTable } from './delivery-table.js'
import { EndpointDialog } from './endpoint-dialog.js'
import { Replay } from './replay.js'
import { ReplayDialog } from './replay-dialog.js'
import { deliveriesQuery, type Endpoint, type EndpointWithSecret, hostOf } from './webhook.js'

/** What was sent to an endpoint, and what can be done to it. */
export function Messages({
  endpoint,
  onChanged,
  onSecret,
  onRemoved,
}: {
  endpoint: Endpoint
  onChanged: () => void
  onSecret: (endpoint: EndpointWithSecret) => void
  onRemoved: () => void
}) {
  const { say } = useReading()
  const client = useQueryClient()
  const query = deliveriesQuery(endpoint)
  const deliveries = usePages(query)
  const [asking, setAsking] = useState<'change' | 'replay' | 'rotate' | 'remove' | null>(null)
  const { isBusy, trouble, send } = useSending()
  const host = hostOf(endpoint)
  const isOff = endpoint.disabled !== null
  const isReplaying = endpoint.replay !== null && endpoint.replay.endedAt === null
  const path = webhookPath(endpoint.brandId, endpoint.endpointId)
  const readAgain = () => client.invalidateQueries(query)

  async function act(method: 'POST' | 'PATCH', rest: string, body: object): Promise<void> {
    await api.request(method, `${path}${rest}`, { body, once: method === 'POST' })
    await readAgain()
    onChanged()
  }
  async function rotate(): Promise<void> {
    const options = { body: {}, once: true }
    const { body } = await api.request<EndpointWithSecret>(
      ...(['POST', `${path}/rotate-secret`, options] as const),
    )
    onSecret(body)
  }
  async function remove(): Promise<void> {
    await api.request('DELETE', path)
    onRemoved()
  }

  return (
    <Sheet
      title={say('webhooks.messages', { host })}
      actions={
        <Row>
          <Button onPress={() => setAsking('change')}>{say('webhooks.change')}</Button>
          <Button
            isDisabled={isBusy || isOff}
            onPress={() => void send(() => act('POST', '/test', {}))}
          >
            {say('webhooks.test')}
          </Button>
          <Button isDisabled={isOff || isReplaying} onPress={() => setAsking('replay')}>
            {say('webhooks.replay')}
          </Button>
          <Button
            isDisabled={isBusy}
            onPress={() => void send(() => act('PATCH', '', { enabled: isOff }))}
          >
            {say(isOff ? 'webhooks.enable' : 'webhooks.disable')}
          </Button>
          <Button onPress={() => setAsking('rotate')}>{say('webhooks.rotate')}</Button>
          <Button onPress={() => setAsking('remove')}>{say('webhooks.remove')}</Button>
          <Button weight="quiet" onPress={() => void send(readAgain).then(onChanged)}>
            {say('webhooks.refresh')}
          </Button>
        </Row>
      }
    >
      <TroubleLine trouble={trouble} />
      <Replay endpoint={endpoint} onMoved={() => void readAgain().then(onChanged)} />
      <Listed of={deliveries} empty={say('webhooks.noMessages')}>
        {(items) => (
          <DeliveryTable
            deliveries={items}
            label={say('webhooks.messages', { host })}
            {...(isOff
              ? {}
              : {
                  onAgain: ({ deliveryId }) =>
                    void send(() => act('POST', `/deliveries/${deliveryId}/replay`, {})),
                })}
          />
        )}
      </Listed>
      {asking === 'change' && (
        <EndpointDialog
          brandId={endpoint.brandId}
          endpoint={endpoint}
          onClose={() => setAsking(null)}
          onChanged={onChanged}
        />
      )}
      {asking === 'replay' && (
        <ReplayDialog
          host={host}
          onClose={() => setAsking(null)}
          onSend={(span) => act('POST', '/replay', span)}
        />
      )}
      {asking === 'rotate' && (
        <Confirm
          title={say('webhooks.rotateTitle', { host })}
          act={say('webhooks.rotate')}
          onConfirm={rotate}
          onClose={() => setAsking(null)}
        >
          <p>{say('webhooks.rotateText')}</p>
        </Confirm>
      )}
      {asking === 'remove' && (
        <Confirm
          title={say('webhooks.removeTitle', { host })}
          act={say('webhooks.remove')}
          onConfirm={remove}
          onClose={() => setAsking(null)}
        >
          <p>{say('webhooks.removeText')}</p>
        </Confirm>
      )}
    </Sheet>
  )
}
