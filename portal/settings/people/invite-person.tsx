import { useState } from 'react'
import { LOCALES, type Locale } from '../../../wording/vocabulary-words.js'
import { LANGUAGES } from '../../words/languages.js'
import { api } from '../../data/api.js'
import { useOwnBrands } from '../../data/brands.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Select, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { type MembershipDraft, MembershipFields } from './membership-fields.js'
import type { Person } from './person.js'

/** Asks whom to invite, in which language, and as what. */
export function InvitePerson({
  as,
  onClose,
  onInvited,
}: {
  /** As what, until something else is chosen. */
  as?: MembershipDraft
  onClose: () => void
  onInvited: (person: Person) => void
}) {
  const { say, locale: own } = useReading()
  const { data: brands = [] } = useOwnBrands()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [locale, setLocale] = useState<Locale>(own)
  const [chosen, setChosen] = useState<MembershipDraft | null>(null)
  const { isBusy, trouble, send } = useSending()
  const first = brands[0] ? [brands[0].brandId] : []
  const membership = chosen ?? as ?? { role: 'brandMember', brandIds: first }

  async function invite(): Promise<void> {
    const about = { name: name.trim(), email: email.trim(), locale }
    const isSent = await send(async () => {
      onInvited(await api.post<Person>('/people', { ...about, memberships: [membership] }))
    })
    if (isSent) onClose()
  }

  return (
    <Dialog title={say('people.add')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void invite()
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
            label={say('people.email')}
            hint={say('people.emailHint')}
            type="email"
            value={email}
            onChange={setEmail}
            maxLength={254}
            autoComplete="off"
          />
          <Select
            label={say('people.language')}
            isLabelled
            value={locale}
            options={LOCALES.map((each) => ({ value: each, label: LANGUAGES[each] }))}
            onChange={setLocale}
          />
          <MembershipFields value={membership} onChange={setChosen} />
          <p>{say(`people.may.${membership.role}`)}</p>
          <TroubleLine trouble={trouble} />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={isBusy || name.trim() === '' || !email.includes('@')}
            >
              {say('people.sendInvitation')}
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
