import { useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { Static } from 'typebox'
import type { ApiKeySchema } from '../../../contract/people.js'
import { api } from '../../data/api.js'
import { useOwnBrands } from '../../data/brands.js'
import { pagesQuery, usePages } from '../../data/pages.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Day } from '../../design/day.js'
import { Listed } from '../../design/listed.js'
import { Aside, Page, Sheet } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { useNow } from '../../words/now.js'
import { useReading } from '../../words/words.js'
import { MakeKey } from './make-key.js'

type ApiKey = Static<typeof ApiKeySchema>
type KeyStanding = 'live' | 'expired' | 'revoked'

const keysQuery = pagesQuery<ApiKey>(['apiKeys'], '/api-keys')
const TONES: Record<KeyStanding, Tone> = { live: 'good', expired: 'soon', revoked: 'calm' }
const STEP_MS = 60_000

/** The keys of programs: what each may do, whether it is used, and its end. */
export function ApiKeys() {
  const { say } = useReading()
  const client = useQueryClient()
  const keys = usePages(keysQuery)
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const readAgain = () => client.invalidateQueries(keysQuery)

  async function revoke({ keyId }: ApiKey): Promise<void> {
    await api.request('DELETE', `/api-keys/${encodeURIComponent(keyId)}`)
    await readAgain()
  }

  return (
    <Page
      title={say('apiKeys.title')}
      intro={say('apiKeys.intro')}
      actions={
        <Button weight="main" onPress={() => setMaking(true)}>
          <KeyRound size={16} aria-hidden="true" />
          {say('apiKeys.add')}
        </Button>
      }
    >
      <Sheet>
        <Listed of={keys} empty={say('apiKeys.none')}>
          {(items) => <KeyTable keys={items} onRevoke={setRevoking} />}
        </Listed>
      </Sheet>
      {isMaking && <MakeKey onClose={() => setMaking(false)} onMade={() => void readAgain()} />}
      {revoking && (
        <Confirm
          title={say('apiKeys.revokeTitle', { name: revoking.name })}
          act={say('apiKeys.revoke')}
          onConfirm={() => revoke(revoking)}
          onClose={() => setRevoking(null)}
        >
          <p>{say('apiKeys.revokeText')}</p>
        </Confirm>
      )}
    </Page>
  )
}

function standingOf({ revokedAt, expiresAt }: ApiKey, nowMs: number): KeyStanding {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : 'live'
}

function KeyTable({
  keys,
  onRevoke,
}: {
  keys: readonly ApiKey[]
  onRevoke: (key: ApiKey) => void
}) {
  const { say } = useReading()
  const nowMs = useNow(STEP_MS)
  const { data: brands = [] } = useOwnBrands()
  const nameOf = (id: string) => brands.find(({ brandId }) => brandId === id)?.name ?? id
  const reachOf = ({ brandIds, marketplaces }: ApiKey) =>
    [
      brandIds === '*' ? say('nav.everyBrand') : brandIds.map(nameOf).join(', '),
      marketplaces === '*' ? say('apiKeys.everyMarketplace') : marketplaces.join(', '),
    ].join(' · ')
  return (
    <Table
      label={say('apiKeys.title')}
      rows={keys}
      keyOf={({ keyId }) => keyId}
      columns={[
        {
          id: 'name',
          title: say('apiKeys.name'),
          isHead: true,
          cell: ({ name, keyId }) => (
            <span>
              {name}
              <br />
              <Aside>{keyId}</Aside>
            </span>
          ),
        },
        {
          id: 'scope',
          title: say('apiKeys.scope'),
          cell: (key) => (
            <span
              title={say(key.role === 'monitor' ? 'apiKeys.may.monitor' : `people.may.${key.role}`)}
            >
              {say(`roleName.${key.role}`)}
              <br />
              <Aside>{reachOf(key)}</Aside>
            </span>
          ),
        },
        {
          id: 'used',
          title: say('apiKeys.used'),
          cell: ({ lastUsedAt }) =>
            lastUsedAt === null ? (
              <Aside>{say('apiKeys.neverUsed')}</Aside>
            ) : (
              <Day at={lastUsedAt} />
            ),
        },
        {
          id: 'standing',
          title: say('apiKeys.standing'),
          cell: (key) => {
            const standing = standingOf(key, nowMs)
            const until = key.revokedAt ?? key.expiresAt
            return (
              <span>
                <Tag tone={TONES[standing]}>{say(`apiKeys.${standing}`)}</Tag>{' '}
                {until !== null && (
                  <Aside>
                    {standing === 'live' && `${say('apiKeys.expires')} `}
                    <Day at={until} />
                  </Aside>
                )}
              </span>
            )
          },
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (key) =>
            standingOf(key, nowMs) === 'live' && (
              <Button
                weight="quiet"
                aria-label={`${say('apiKeys.revoke')}: ${key.name}`}
                onPress={() => onRevoke(key)}
              >
                {say('apiKeys.revoke')}
              </Button>
            ),
        },
      ]}
    />
  )
}
