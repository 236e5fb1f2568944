import { WEBHOOK_EVENTS } from '../../../domain/vocabulary.js'
import { Button } from '../../design/button.js'
import { Day } from '../../design/day.js'
import { Aside } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { useReading } from '../../words/words.js'
import { type Endpoint, hostOf } from './webhook.js'

type Standing = 'works' | 'failing' | 'byHand' | 'gone' | 'exhausted'

const TONES: Record<Standing, Tone> = {
  works: 'good',
  failing: 'soon',
  byHand: 'calm',
  gone: 'alarm',
  exhausted: 'alarm',
}

/** The endpoints of a brand: where they are, what they are told, and how they do. */
export function EndpointTable({
  endpoints,
  onShow,
}: {
  endpoints: readonly Endpoint[]
  onShow: (endpoint: Endpoint) => void
}) {
  const { say } = useReading()
  return (
    <Table
      label={say('webhooks.title')}
      rows={endpoints}
      keyOf={({ endpointId }) => endpointId}
      columns={[
        {
          id: 'url',
          title: say('webhooks.url'),
          isHead: true,
          cell: ({ url, description }) => (
            <span>
              {url}
              {description !== null && (
                <>
                  <br />
                  <Aside>{description}</Aside>
                </>
              )}
            </span>
          ),
        },
        {
          id: 'events',
          title: say('webhooks.toldOf'),
          cell: ({ events }) =>
            events.length === WEBHOOK_EVENTS.length
              ? say('webhooks.everyEvent')
              : say('webhooks.someEvents', { count: events.length }),
        },
        {
          id: 'standing',
          title: say('webhooks.standing'),
          cell: (endpoint) => {
            const standing = standingOf(endpoint)
            return <Tag tone={TONES[standing]}>{say(`webhooks.${standing}`)}</Tag>
          },
        },
        {
          id: 'delivered',
          title: say('webhooks.delivered'),
          cell: ({ lastDeliveredAt }) =>
            lastDeliveredAt === null ? (
              <Aside>{say('webhooks.never')}</Aside>
            ) : (
              <Day at={lastDeliveredAt} hasTime />
            ),
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (endpoint) => (
            <Button
              weight="quiet"
              aria-label={say('webhooks.messages', { host: hostOf(endpoint) })}
              onPress={() => onShow(endpoint)}
            >
              {say('webhooks.show')}
            </Button>
          ),
        },
      ]}
    />
  )
}

function standingOf({ disabled, failingSince }: Endpoint): Standing {
  if (disabled) return disabled.reason
  return failingSince === null ? 'works' : 'failing'
}
