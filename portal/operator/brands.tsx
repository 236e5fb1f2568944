import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { brandPath } from '../../client/paths.js'
import { api } from '../data/api.js'
import type { Brand } from '../data/brands.js'
import { accountManagersQuery } from '../data/desk.js'
import { pagesQuery, usePages } from '../data/pages.js'
import { Button } from '../design/button.js'
import { Confirm } from '../design/confirm.js'
import { Listed } from '../design/listed.js'
import { Aside, Page, Sheet } from '../design/page.js'
import { Table } from '../design/table.js'
import { Tag } from '../design/tag.js'
import { InvitePerson } from '../settings/people/invite-person.js'
import { tellInvited } from '../settings/people/tell-invited.js'
import { MoreWords } from '../words/more-words.js'
import { useReading } from '../words/words.js'
import { CreateBrand } from './create-brand.js'
import { operatorWords } from './words.js'
import styles from './operator.module.css'

const brandsQuery = pagesQuery<Brand>(['brands'], '/brands')

/** Every brand: who looks after it, whether it takes part, and the way to its settings. */
export function BrandsScreen() {
  const { say } = useReading()
  return (
    <div className={styles['operator']}>
      <MoreWords of="operator" loaders={operatorWords} title={say('nav.brands')}>
        <Whole />
      </MoreWords>
    </div>
  )
}

function Whole() {
  const { say } = useReading()
  const client = useQueryClient()
  const brands = usePages(brandsQuery)
  const [isCreating, setCreating] = useState(false)
  const [invitingTo, setInvitingTo] = useState<Brand | null>(null)
  const [switched, setSwitched] = useState<Brand | null>(null)
  const readAgain = () => client.invalidateQueries({ queryKey: ['list', 'brands'] })

  async function changeStanding({ brandId, rev, active }: Brand): Promise<void> {
    const options = { body: { active: !active }, ifMatch: `"${rev}"` }
    try {
      await api.request('PATCH', brandPath(brandId), options)
    } finally {
      await readAgain()
    }
  }
  const act = switched?.active ? 'suspend' : 'activate'
  return (
    <Page
      title={say('nav.brands')}
      intro={say('operator.brandsText')}
      actions={
        <Button weight="main" onPress={() => setCreating(true)}>
          <Building2 size={16} aria-hidden="true" />
          {say('operator.addBrand')}
        </Button>
      }
    >
      <Sheet>
        <Listed of={brands} empty={say('operator.noBrands')}>
          {(items) => <BrandTable brands={items} onInvite={setInvitingTo} onSwitch={setSwitched} />}
        </Listed>
      </Sheet>
      {isCreating && (
        <CreateBrand
          taken={(brands.items ?? []).map(({ brandId }) => brandId)}
          onClose={() => setCreating(false)}
          onCreated={(brand) => {
            void readAgain()
            setInvitingTo(brand)
          }}
        />
      )}
      {invitingTo && (
        <InvitePerson
          as={{ role: 'brandAdmin', brandIds: [invitingTo.brandId] }}
          onClose={() => setInvitingTo(null)}
          onInvited={(person) => tellInvited(say, person)}
        />
      )}
      {switched && (
        <Confirm
          title={say(`operator.${act}Title`, { name: switched.name })}
          act={say(`operator.${act}`)}
          onConfirm={() => changeStanding(switched)}
          onClose={() => setSwitched(null)}
        >
          <p>{say(`operator.${act}Text`)}</p>
        </Confirm>
      )}
    </Page>
  )
}

function BrandTable({
  brands,
  onInvite,
  onSwitch,
}: {
  brands: readonly Brand[]
  onInvite: (brand: Brand) => void
  onSwitch: (brand: Brand) => void
}) {
  const { say } = useReading()
  const { data: managers = [] } = useQuery(accountManagersQuery)
  const nameOf = (id: string) =>
    managers.find(({ accountManagerId }) => accountManagerId === id)?.name ?? id
  return (
    <Table
      label={say('nav.brands')}
      rows={brands}
      keyOf={({ brandId }) => brandId}
      columns={[
        {
          id: 'name',
          title: say('form.brand'),
          isHead: true,
          cell: ({ brandId, name }) => (
            <span>
              <Link to="/settings/contacts" search={{ brand: brandId }}>
                {name}
              </Link>
              <br />
              <Aside>{brandId}</Aside>
            </span>
          ),
        },
        {
          id: 'manager',
          title: say('operator.manager'),
          cell: ({ accountManagerId }) =>
            accountManagerId === null ? (
              <span>
                <Tag tone="soon">{say('operator.noManager')}</Tag>
              </span>
            ) : (
              nameOf(accountManagerId)
            ),
        },
        {
          id: 'standing',
          title: say('apiKeys.standing'),
          cell: ({ active }) => (
            <span>
              <Tag tone={active ? 'good' : 'alarm'}>
                {say(active ? 'operator.active' : 'operator.suspended')}
              </Tag>
            </span>
          ),
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (brand) => {
            const act = say(brand.active ? 'operator.suspend' : 'operator.activate')
            return (
              <>
                <Button
                  weight="quiet"
                  aria-label={`${say('operator.inviteAdmin')}: ${brand.name}`}
                  onPress={() => onInvite(brand)}
                >
                  {say('operator.inviteAdmin')}
                </Button>
                <Button
                  weight="quiet"
                  aria-label={`${act}: ${brand.name}`}
                  onPress={() => onSwitch(brand)}
                >
                  {act}
                </Button>
              </>
            )
          },
        },
      ]}
    />
  )
}
