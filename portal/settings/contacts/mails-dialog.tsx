import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { brandPath } from '../../../client/paths.js'
import type { ContactMails } from '../../../contract/mail-settings.js'
import { MAIL_FREQUENCIES } from '../../../domain/vocabulary.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Checkbox, Select } from '../../design/fields.js'
import { Aside, Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { contactMailsKey } from './contact-mails.js'

/** How often a contact gets mails, and whether results come, too. */
export function MailsDialog({
  brandId,
  name,
  mails,
  onClose,
}: {
  brandId: string
  name: string
  mails: ContactMails
  onClose: () => void
}) {
  const { say } = useReading()
  const client = useQueryClient()
  const [frequency, setFrequency] = useState(mails.frequency)
  const [news, setNews] = useState(mails.news)
  const { isBusy, trouble, send } = useSending()

  async function save(): Promise<void> {
    const path = brandPath(brandId, `/mail-settings/${encodeURIComponent(mails.contactId)}`)
    const isSaved = await send(async () => {
      await api.request('PUT', path, { body: { frequency, news } })
      await client.invalidateQueries({ queryKey: contactMailsKey(brandId) })
    })
    if (isSaved) onClose()
  }

  return (
    <Dialog title={say('contacts.mailsTitle', { name })} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack>
          <Select
            label={say('contacts.often')}
            isLabelled
            value={frequency}
            options={MAIL_FREQUENCIES.map((each) => ({
              value: each,
              label: say(`contacts.often.${each}`),
            }))}
            onChange={setFrequency}
          />
          <Aside>{say('contacts.urgent')}</Aside>
          <div>
            <Checkbox isSelected={news} onChange={setNews}>
              {say('contacts.news')}
            </Checkbox>
            <Aside>{say('contacts.newsHint')}</Aside>
          </div>
          <TroubleLine trouble={trouble} />
          <Row>
            <Button type="submit" weight="main" isDisabled={isBusy}>
              {say('form.save')}
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
