import { Button } from '../../design/button.js'
import { Day } from '../../design/day.js'
import { Aside } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { useReading } from '../../words/words.js'
import type { Delivery } from './webhook.js'

const STATES = {
  waiting: { word: 'webhooks.waiting', tone: 'soon' },
  delivered: { word: 'webhooks.taken', tone: 'good' },
  failed: { word: 'webhooks.failed', tone: 'alarm' },
} as const satisfies Record<Delivery['state'], { word: string; tone: Tone }>

/** Messages to an endpoint, and how they were answered; they can be sent again where it takes any. */
export function DeliveryTable({
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
