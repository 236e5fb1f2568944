import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Locale, LOCALES } from '../../wording/vocabulary-words.js'
import { api } from '../data/api.js'
import type { Brand } from '../data/brands.js'
import { accountManagersQuery } from '../data/desk.js'
import { useSending } from '../data/sending.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Select, TextField } from '../design/fields.js'
import { Row, Stack } from '../design/page.js'
import { TroubleLine } from '../design/trouble-line.js'
import { contactIdFor } from '../settings/contacts/contact-id.js'
import { LANGUAGES } from '../words/languages.js'
import { useReading } from '../words/words.js'

const NOBODY = ''

/** Asks what a brand needs to begin with: its name, whom to write to, and who looks after it. */
export function CreateBrand({
  taken,
  onClose,
  onCreated,
}: {
  /** Ids of brands there are. */
  taken: readonly string[]
  onClose: () => void
  onCreated: (brand: Brand) => void
}) {
  const { say, locale: own } = useReading()
  const { data: people = [] } = useQuery(accountManagersQuery)
  const managers = people.filter(({ active, role }) => active && role === 'accountManager')
  const [name, setName] = useState('')
  const [given, setGiven] = useState<string | null>(null)
  const [contact, setContact] = useState('')
  const [email, setEmail] = useState('')
  const [locale, setLocale] = useState<Locale>(own)
  const [managerId, setManagerId] = useState(NOBODY)
  const { isBusy, trouble, send } = useSending()
  const brandId = given ?? (name.trim() === '' ? '' : contactIdFor(name, taken))
  const isReady = [name, brandId, contact].every((text) => text.trim() !== '')

  async function create(): Promise<void> {
    const contactId = contactIdFor(contact, [])
    const body = {
      ...{ brandId: brandId.trim(), name: name.trim() },
      contacts: [{ contactId, name: contact.trim(), email: email.trim(), locale }],
      ...(managerId === NOBODY ? {} : { accountManagerId: managerId }),
    }
    const isSent = await send(async () => onCreated(await api.post<Brand>('/brands', body)))
    if (isSent) onClose()
  }

  return (
    <Dialog title={say('operator.addBrand')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <Stack>
          <TextField
            label={say('people.name')}
            value={name}
            onChange={setName}
            maxLength={200}
            autoComplete="off"
          />
          <TextField
            label={say('operator.brandId')}
            hint={say('operator.brandIdHint')}
            value={brandId}
            onChange={setGiven}
            maxLength={40}
            autoComplete="off"
          />
          <TextField
            label={say('operator.contact')}
            value={contact}
            onChange={setContact}
            maxLength={200}
            autoComplete="off"
          />
          <TextField
            label={say('operator.contactEmail')}
            type="email"
            value={email}
            onChange={setEmail}
            maxLength={254}
            autoComplete="off"
          />
          <Row>
            <Select
              label={say('people.language')}
              isLabelled
              value={locale}
              options={LOCALES.map((each) => ({ value: each, label: LANGUAGES[each] }))}
              onChange={setLocale}
            />
            <Select
              label={say('operator.manager')}
              isLabelled
              value={managerId}
              options={[
                { value: NOBODY, label: say('operator.noManager') },
                ...managers.map(({ accountManagerId, name: label }) => ({
                  ...{ value: accountManagerId, label },
                })),
              ]}
              onChange={setManagerId}
            />
          </Row>
          <TroubleLine trouble={trouble} />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={isBusy || !isReady || !email.includes('@')}
            >
              {say('operator.addBrand')}
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
