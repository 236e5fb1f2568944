import type { PersonRole } from '../../../domain/vocabulary.js'
import { useOwnBrands } from '../../data/brands.js'
import { useSession } from '../../data/session.js'
import { Button } from '../../design/button.js'
import { Day } from '../../design/day.js'
import { Aside } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { useNow } from '../../words/now.js'
import { useReading } from '../../words/words.js'
import type { PersonAct } from './people.js'
import { type Person, type Standing, standingOf } from './person.js'

const TONES: Record<Standing, Tone> = {
  active: 'good',
  invited: 'calm',
  invitationOver: 'soon',
  former: 'calm',
}
const ACTS: Record<Standing, readonly PersonAct[]> = {
  active: ['change', 'deactivate'],
  invited: ['change', 'invite', 'deactivate'],
  invitationOver: ['change', 'invite', 'deactivate'],
  former: ['reactivate'],
}
const STEP_MS = 60_000

/** People with what they may be, how they stand, and what can be done about them. */
export function PeopleTable({
  label,
  people,
  onAct,
}: {
  label: string
  people: readonly Person[]
  onAct: (act: PersonAct, person: Person) => void
}) {
  const { say } = useReading()
  const nowMs = useNow(STEP_MS)
  const { person: self } = useSession()
  return (
    <Table
      label={label}
      rows={people}
      keyOf={({ personId }) => personId}
      columns={[
        {
          id: 'name',
          title: say('people.name'),
          isHead: true,
          cell: ({ name, email, personId }) => (
            <span>
              {name} {personId === self.personId && <Tag tone="calm">{say('people.you')}</Tag>}
              <br />
              <Aside>{email}</Aside>
            </span>
          ),
        },
        { id: 'roles', title: say('people.roles'), cell: (person) => <Roles of={person} /> },
        {
          id: 'standing',
          title: say('people.standing'),
          cell: (person) => {
            const standing = standingOf(person, nowMs)
            return (
              <span>
                <Tag tone={TONES[standing]}>{say(`people.${standing}`)}</Tag>{' '}
                <Aside>
                  <Since of={person} />
                </Aside>
              </span>
            )
          },
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (person) =>
            ACTS[standingOf(person, nowMs)].map((act) => (
              <Button
                key={act}
                weight="quiet"
                aria-label={`${say(`people.${act}`)}: ${person.name}`}
                onPress={() => onAct(act, person)}
              >
                {say(`people.${act}`)}
              </Button>
            )),
        },
      ]}
    />
  )
}

function Roles({ of: { memberships } }: { of: Person }) {
  const { say } = useReading()
  const { data: brands = [] } = useOwnBrands()
  const nameOf = (id: string) => brands.find(({ brandId }) => brandId === id)?.name ?? id
  const textOf = (role: PersonRole, brandIds: readonly string[] | '*') => {
    if (brandIds === '*') return say(`roleName.${role}`)
    return `${say(`roleName.${role}`)} · ${brandIds.map(nameOf).join(', ')}`
  }
  return (
    <ul>
      {memberships.map(({ membershipId, role, brandIds }) => (
        <li key={membershipId}>{textOf(role, brandIds)}</li>
      ))}
    </ul>
  )
}

function Since({ of }: { of: Person }) {
  const at = of.deactivatedAt ?? of.joinedAt ?? of.invitation?.expiresAt
  return at === undefined || at === null ? null : <Day at={at} />
}
