import { useQuery } from '@tanstack/react-query'
import { SYSTEM } from '../../../domain/case/events.js'
import { usePages } from '../../data/pages.js'
import { useSession } from '../../data/session.js'
import { Aside, Sheet } from '../../design/page.js'
import { Loading } from '../../design/states.js'
import { Table } from '../../design/table.js'
import { Moment } from '../../design/time-left.js'
import { useReading } from '../../words/words.js'
import { peopleQuery } from '../people/person.js'
import { mayChangeBrand } from '../sections.js'
import { versionsQuery } from './policy-query.js'

/** Every version of a policy, the latest first: since when it holds, and by whom. */
export function Versions({ brandId }: { brandId: string }) {
  const { say, number } = useReading()
  const { membership, person: self } = useSession()
  const { data: versions } = useQuery(versionsQuery(brandId))
  const { items: people = [] } = usePages({
    ...peopleQuery,
    enabled: mayChangeBrand(membership.role),
  })
  const nameOf = (id: string | undefined) => {
    if (id === undefined || id === SYSTEM.id) return say('policy.byService')
    if (id === self.personId) return self.name
    return people.find(({ personId }) => personId === id)?.name ?? id
  }
  return (
    <Sheet title={say('policy.versions')} intro={say('policy.versionsText')}>
      {versions ? (
        <Table
          label={say('policy.versions')}
          rows={versions.toReversed()}
          keyOf={({ version }) => String(version)}
          columns={[
            {
              id: 'version',
              title: say('policy.version'),
              isHead: true,
              cell: ({ version }) => number(version),
            },
            {
              id: 'at',
              title: say('policy.savedAt'),
              cell: ({ savedAt }) => (savedAt === undefined ? '–' : <Moment at={savedAt} />),
            },
            {
              id: 'by',
              title: say('policy.savedBy'),
              cell: ({ savedBy }) => <Aside>{nameOf(savedBy)}</Aside>,
            },
          ]}
        />
      ) : (
        <Loading lines={2} />
      )}
    </Sheet>
  )
}
