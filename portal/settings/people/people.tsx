import { useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/api.js'
import { usePages } from '../../data/pages.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Listed } from '../../design/listed.js'
import { Page, Sheet } from '../../design/page.js'
import { useNow } from '../../words/now.js'
import { useReading } from '../../words/words.js'
import { ChangePerson } from './change-person.js'
import { InvitePerson } from './invite-person.js'
import { PeopleTable } from './people-table.js'
import { type Person, peopleQuery, standingOf } from './person.js'
import { tellInvited } from './tell-invited.js'

/** What is asked about somebody before it is done. */
export type PersonAct = 'change' | 'invite' | 'deactivate' | 'reactivate'

const STEP_MS = 60_000

/** Who signs in for the brand, as what, and who no longer does. */
export function People() {
  const { say } = useReading()
  const client = useQueryClient()
  const nowMs = useNow(STEP_MS)
  const people = usePages(peopleQuery)
  const [isInviting, setInviting] = useState(false)
  const [acting, setActing] = useState<{ act: PersonAct; person: Person } | null>(null)
  const close = () => setActing(null)
  const readAgain = () => client.invalidateQueries(peopleQuery)

  async function post(person: Person, act: Exclude<PersonAct, 'change'>): Promise<void> {
    const path = `/people/${encodeURIComponent(person.personId)}/${act}`
    const { body } = await api.request<Person>('POST', path, { once: act === 'invite' })
    await readAgain()
    if (act === 'invite') tellInvited(say, body)
  }

  const isFormer = (person: Person) => standingOf(person, nowMs) === 'former'
  const former = people.items?.filter(isFormer) ?? []
  return (
    <Page
      title={say('people.title')}
      intro={say('people.intro')}
      actions={
        <Button weight="main" onPress={() => setInviting(true)}>
          <UserPlus size={16} aria-hidden="true" />
          {say('people.add')}
        </Button>
      }
    >
      <Sheet>
        <Listed of={people} empty={say('people.none')}>
          {(items) => (
            <PeopleTable
              label={say('people.title')}
              people={items.filter((person) => !isFormer(person))}
              onAct={(act, person) => setActing({ act, person })}
            />
          )}
        </Listed>
      </Sheet>
      {former.length > 0 && (
        <Sheet title={say('people.former')} intro={say('people.formerText')}>
          <PeopleTable
            label={say('people.former')}
            people={former}
            onAct={(act, person) => setActing({ act, person })}
          />
        </Sheet>
      )}
      {isInviting && (
        <InvitePerson
          onClose={() => setInviting(false)}
          onInvited={(person) => {
            tellInvited(say, person)
            void readAgain()
          }}
        />
      )}
      {acting?.act === 'change' && (
        <ChangePerson person={acting.person} onClose={close} onChanged={() => void readAgain()} />
      )}
      {acting && acting.act !== 'change' && (
        <Confirm
          title={say(`people.${acting.act}Title`, { name: acting.person.name })}
          act={say(`people.${acting.act}`)}
          onConfirm={() => post(acting.person, acting.act as Exclude<PersonAct, 'change'>)}
          onClose={close}
        >
          <p>{say(`people.${acting.act}Text`, { email: acting.person.email })}</p>
        </Confirm>
      )}
    </Page>
  )
}
