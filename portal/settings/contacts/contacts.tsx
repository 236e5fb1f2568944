import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactMails } from '../../../contract/mail-settings.js'
import type { Brand } from '../../data/brands.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Aside, Sheet } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { LANGUAGES } from '../../words/languages.js'
import { useReading } from '../../words/words.js'
import { BrandPage } from '../brand-choice.js'
import { type BrandForm, EditBrand } from '../brand-form.js'
import { ContactDialog } from './contact-dialog.js'
import { contactMailsQuery } from './contact-mails.js'
import { MailsDialog } from './mails-dialog.js'

/** Somebody whom the service writes to for a brand. */
export type Contact = Brand['contacts'][number]

/** Who is asked and told for a brand, and in which language. */
export function Contacts() {
  const { say } = useReading()
  return (
    <BrandPage title={say('contacts.title')} intro={say('contacts.intro')}>
      {({ brandId, isMine }) => (
        <EditBrand key={brandId} brandId={brandId}>
          {(form) => <ContactsOf key={form.brand.rev} form={form} isMine={isMine} />}
        </EditBrand>
      )}
    </BrandPage>
  )
}

function ContactsOf({
  form: { brand, isBusy, save },
  isMine,
}: {
  form: BrandForm
  isMine: boolean
}) {
  const { say } = useReading()
  const [editing, setEditing] = useState<Contact | 'new' | null>(null)
  const [removing, setRemoving] = useState<Contact | null>(null)
  const [mailing, setMailing] = useState<Contact | null>(null)
  const { contacts } = brand
  // Until they are read, nothing is said of mails.
  const { data: allMails = [] } = useQuery(contactMailsQuery(brand.brandId, brand.rev))
  const mailsOf = (of: Contact) => allMails.find(({ contactId }) => contactId === of.contactId)
  const mails = mailing && mailsOf(mailing)

  async function keep(contact: Contact): Promise<void> {
    const isKnown = contacts.some(({ contactId }) => contactId === contact.contactId)
    const changed = isKnown
      ? contacts.map((one) => (one.contactId === contact.contactId ? contact : one))
      : [...contacts, contact]
    setEditing(null)
    await save({ contacts: changed })
  }

  return (
    <Sheet
      actions={
        isMine && (
          <Button weight="main" isDisabled={isBusy} onPress={() => setEditing('new')}>
            {say('contacts.add')}
          </Button>
        )
      }
    >
      <Table
        label={say('contacts.title')}
        rows={contacts}
        keyOf={({ contactId }) => contactId}
        columns={[
          {
            id: 'name',
            title: say('people.name'),
            isHead: true,
            cell: ({ name, email }) => (
              <span>
                {name}
                <br />
                <Aside>{email}</Aside>
              </span>
            ),
          },
          {
            id: 'language',
            title: say('contacts.language'),
            cell: ({ locale }) => LANGUAGES[locale],
          },
          {
            id: 'mails',
            title: say('contacts.mails'),
            cell: (contact) => <Mails of={mailsOf(contact)} />,
          },
          ...(isMine
            ? [
                {
                  id: 'acts',
                  title: say('form.acts'),
                  isForActs: true,
                  cell: (contact: Contact) => (
                    <>
                      <Button
                        weight="quiet"
                        aria-label={`${say('people.change')}: ${contact.name}`}
                        onPress={() => setEditing(contact)}
                      >
                        {say('people.change')}
                      </Button>
                      <Button
                        weight="quiet"
                        isDisabled={mailsOf(contact) === undefined}
                        aria-label={`${say('contacts.mails')}: ${contact.name}`}
                        onPress={() => setMailing(contact)}
                      >
                        {say('contacts.mails')}
                      </Button>
                      {contacts.length > 1 && (
                        <Button
                          weight="quiet"
                          aria-label={`${say('contacts.remove')}: ${contact.name}`}
                          onPress={() => setRemoving(contact)}
                        >
                          {say('contacts.remove')}
                        </Button>
                      )}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {editing && (
        <ContactDialog
          contact={editing === 'new' ? null : editing}
          taken={contacts.map(({ contactId }) => contactId)}
          onClose={() => setEditing(null)}
          onSave={(contact) => void keep(contact)}
        />
      )}
      {mailing && mails && (
        <MailsDialog
          brandId={brand.brandId}
          name={mailing.name}
          mails={mails}
          onClose={() => setMailing(null)}
        />
      )}
      {removing && (
        <Confirm
          title={say('contacts.removeTitle', { name: removing.name })}
          act={say('contacts.remove')}
          onClose={() => setRemoving(null)}
          onConfirm={() => save({ contacts: contacts.filter((one) => one !== removing) })}
        >
          <p>{say('contacts.removeText')}</p>
        </Confirm>
      )}
    </Sheet>
  )
}

/** How often they come, and that results do not where somebody does without them. */
function Mails({ of }: { of: ContactMails | undefined }) {
  const { say } = useReading()
  if (!of) return null
  return (
    <span>
      {say(`contacts.often.${of.frequency}`)}
      {!of.news && (
        <>
          <br />
          <Aside>{say('contacts.noNews')}</Aside>
        </>
      )}
    </span>
  )
}
