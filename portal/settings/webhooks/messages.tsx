import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { webhookPath } from '../../../client/paths.js'
import { api } from '../../data/api.js'
import { usePages } from '../../data/pages.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Day } from '../../design/day.js'
import { Listed } from '../../design/listed.js'
import { Aside, Row, Sheet } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import {
  deliveriesQuery,
  type Delivery,
  type Endpoint,
  type EndpointWithSecret,
  hostOf,
} from './webhook.js'

const STATES = {
  waiting: { word: 'webhooks.waiting', tone: 'soon' },
  delivered: { word: 'webhooks.taken', tone: 'good' },
  failed: { word: 'webhooks.failed', tone: 'alarm' },
} as const satisfies Record<Delivery['state'], { word: string; tone: Tone }>

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
  const [asking, setAsking] = useState<'rotate' | 'remove' | null>(null)
  const { isBusy, trouble, send } = useSending()
  const host = hostOf(endpoint)
  const isOff = endpoint.disabled !== null
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
          <Button
            isDisabled={isBusy || isOff}
            onPress={() => void send(() => act('POST', '/test', {}))}
          >
            {say('webhooks.test')}
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

function DeliveryTable({
  deliveries,
  label,
  onAgain,
}: {
  deliveries: readonly Delivery[]
  label: string
  onAgain?: (delivery: Delivery) => void
}) {
  const { say } = useReading()
  return (
    <Table
      label={label}
      rows={deliveries}
      keyOf={({ deliveryId }) => deliveryId}
      columns={[
        {
          id: 'what',
          title: say('webhooks.what'),
          isHead: true,
          cell: ({ type, caseId }) => (
            <span>
              {say(`webhooks.event.${type}`)}
              {caseId !== null && (
                <>
                  <br />
                  <Aside>{caseId}</Aside>
                </>
              )}
            </span>
          ),
        },
        {
          id: 'when',
          title: say('webhooks.when'),
          cell: ({ occurredAt }) => <Day at={occurredAt} hasTime />,
        },
        {
          id: 'state',
          title: say('webhooks.state'),
          cell: ({ state }) => <Tag tone={STATES[state].tone}>{say(STATES[state].word)}</Tag>,
        },
        {
          id: 'answer',
          title: say('webhooks.answer'),
          cell: ({ attempts }) => {
            const last = attempts.at(-1)
            if (!last) return ''
            return (
              <span>
                {last.error ?? last.status}
                <br />
                <Aside>{say('webhooks.tries', { count: attempts.length })}</Aside>
              </span>
            )
          },
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (delivery) =>
            onAgain &&
            delivery.state !== 'waiting' && (
              <Button
                weight="quiet"
                aria-label={`${say('webhooks.again')}: ${say(`webhooks.event.${delivery.type}`)}`}
                onPress={() => onAgain(delivery)}
              >
                {say('webhooks.again')}
              </Button>
            ),
        },
      ]}
    />
  )
}
