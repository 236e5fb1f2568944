import { useState } from 'react'
import { webhookPath } from '../../../client/paths.js'
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../../domain/vocabulary.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Checkbox, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import type { Endpoint, EndpointWithSecret } from './webhook.js'

/** Asks where messages go, which, and what for: of an endpoint that is there, or of a new one. */
export function EndpointDialog({
  brandId,
  endpoint,
  onClose,
  onMade,
  onChanged,
}: {
  brandId: string
  /** `null` for one to be made. */
  endpoint: Endpoint | null
  onClose: () => void
  onMade?: (endpoint: EndpointWithSecret) => void
  onChanged?: () => void
}) {
  const { say } = useReading()
  const [url, setUrl] = useState(endpoint?.url ?? '')
  const [description, setDescription] = useState(endpoint?.description ?? '')
  const [events, setEvents] = useState<readonly WebhookEvent[]>(endpoint?.events ?? WEBHOOK_EVENTS)
  const { isBusy, trouble, send } = useSending()

  function choose(event: WebhookEvent, isChosen: boolean): void {
    setEvents(WEBHOOK_EVENTS.filter((each) => (each === event ? isChosen : events.includes(each))))
  }
  async function save(): Promise<void> {
    const what = description.trim()
    const body = { url: url.trim(), description: what === '' ? null : what, events }
    if (endpoint) {
      await api.request('PATCH', webhookPath(brandId, endpoint.endpointId), { body })
      onChanged?.()
      onClose()
    } else {
      // Sent a single time: nobody would know the secret of the first.
      const made = { body, once: true }
      onMade?.((await api.request<EndpointWithSecret>('POST', webhookPath(brandId), made)).body)
    }
  }

  return (
    <Dialog title={say(endpoint ? 'webhooks.change' : 'webhooks.add')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(save)
        }}
      >
        <Stack>
          <TextField
            label={say('webhooks.url')}
            hint={say('webhooks.urlHint')}
            value={url}
            onChange={setUrl}
            maxLength={2000}
            autoComplete="off"
          />
          <TextField
            label={say('webhooks.description')}
            value={description}
            onChange={setDescription}
            maxLength={200}
            autoComplete="off"
          />
          <fieldset>
            <legend>{say('webhooks.events')}</legend>
            <Stack>
              {WEBHOOK_EVENTS.map((event) => (
                <Checkbox
                  key={event}
                  isSelected={events.includes(event)}
                  onChange={(isChosen) => choose(event, isChosen)}
                >
                  {say(`webhooks.event.${event}`)}
                </Checkbox>
              ))}
            </Stack>
          </fieldset>
          <TroubleLine trouble={trouble} />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={isBusy || url.trim() === '' || events.length === 0}
            >
              {say(endpoint ? 'form.save' : 'webhooks.add')}
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
