import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LOCALES } from '../../../wording/vocabulary-words.js'
import { LANGUAGES } from '../../words/languages.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Select, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { type MembershipDraft, MembershipFields } from './membership-fields.js'
import type { Person } from './person.js'

/**
 * Name, language and roles of somebody. Based on the person as read when it was opened: what
 * somebody else changed meanwhile is refused, and shown when it is opened again.
 */
export function ChangePerson({
  person: given,
  onClose,
  onChanged,
}: {
  person: Person
  onClose: () => void
  onChanged: () => void
}) {
  const { say } = useReading()
  const path = `/people/${encodeURIComponent(given.personId)}`
  const client = useQueryClient()
  const queryKey = ['person', given.personId]
  const { data: person = given } = useQuery({ queryKey, queryFn: () => api.get<Person>(path) })
  const [changes, setChanges] = useState<Partial<Pick<Person, 'name' | 'locale'>>>({})
  const [roles, setRoles] = useState<readonly MembershipDraft[] | null>(null)
  const { isBusy, trouble, send } = useSending()
  const { name, locale } = { ...person, ...changes }
  const memberships = roles ?? person.memberships

  async function change(): Promise<void> {
    const body = {
      ...changes,
      ...(roles
        ? {
            memberships: roles.map(({ membershipId, role, brandIds }) => ({
              membershipId,
              role,
              brandIds,
            })),
          }
        : {}),
    }
    const isDone = await send(async () => {
      try {
        await api.request('PATCH', path, { body, ifMatch: `"${person.rev}"` })
      } finally {
        await client.invalidateQueries({ queryKey })
        onChanged()
      }
    })
    if (isDone) onClose()
  }

  return (
    <Dialog title={say('people.changeTitle', { name: given.name })} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void change()
        }}
      >
        <Stack>
          <TextField
            label={say('people.name')}
            value={name}
            onChange={(written) => setChanges({ ...changes, name: written })}
            maxLength={200}
            autoComplete="off"
          />
          <Select
            label={say('people.language')}
            isLabelled
            value={locale}
            options={LOCALES.map((each) => ({ value: each, label: LANGUAGES[each] }))}
            onChange={(chosen) => setChanges({ ...changes, locale: chosen })}
          />
          {memberships.map((membership, place) => (
            <Row key={membership.membershipId}>
              <MembershipFields
                value={membership}
                onChange={(changed) => setRoles(memberships.with(place, changed))}
              />
              {memberships.length > 1 && (
                <Button
                  weight="quiet"
                  onPress={() => setRoles(memberships.filter((one) => one !== membership))}
                >
                  {say('people.takeRole')}
                </Button>
              )}
            </Row>
          ))}
          <TroubleLine trouble={trouble} />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={isBusy || name.trim() === '' || (!roles && !Object.keys(changes).length)}
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
