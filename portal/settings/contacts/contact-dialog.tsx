import { useState } from 'react'
import { LOCALES, type Locale } from '../../../wording/vocabulary-words.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Select, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { LANGUAGES } from '../../words/languages.js'
import { useReading } from '../../words/words.js'
import { contactIdFor } from './contact-id.js'
import type { Contact } from './contacts.js'

/** Name, address and language of a contact; a new one gets an id of its name. */
export function ContactDialog({
  contact,
  taken,
  onSave,
  onClose,
}: {
  contact: Contact | null
  taken: readonly string[]
  onSave: (contact: Contact) => void
  onClose: () => void
}) {
  const { say, locale: own } = useReading()
  const [name, setName] = useState(contact?.name ?? '')
  const [email, setEmail] = useState(contact?.email ?? '')
  const [locale, setLocale] = useState<Locale>(contact?.locale ?? own)
  return (
    <Dialog title={say(contact ? 'contacts.change' : 'contacts.add')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const contactId = contact?.contactId ?? contactIdFor(name, taken)
          onSave({ contactId, name: name.trim(), email: email.trim(), locale })
        }}
      >
        <Stack>
          <TextField
            label={say('people.name')}
            hint={say('contacts.nameHint')}
            value={name}
            onChange={setName}
            maxLength={200}
          />
          <TextField
            label={say('people.email')}
            type="email"
            value={email}
            onChange={setEmail}
            maxLength={254}
          />
          <Select
            label={say('contacts.language')}
            isLabelled
            value={locale}
            options={LOCALES.map((each) => ({ value: each, label: LANGUAGES[each] }))}
            onChange={setLocale}
          />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={name.trim() === '' || !email.includes('@')}
            >
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
