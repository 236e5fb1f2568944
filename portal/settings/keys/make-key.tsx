import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import type { CreatedApiKeySchema } from '../../../contract/people.js'
import { DAY_MS } from '../../../domain/brand/calendar.js'
import { BRAND_ROLES, isBrandRole, type Role, ROLES } from '../../../domain/vocabulary.js'
import { api } from '../../data/api.js'
import { useOwnBrands } from '../../data/brands.js'
import { marketplacesQuery } from '../../data/marketplaces.js'
import { useSending } from '../../data/sending.js'
import { useSession } from '../../data/session.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Checkbox, Select, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { ShownOnce } from '../../design/shown-once.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'

type CreatedKey = Static<typeof CreatedApiKeySchema>

const ENDS = { days30: 30, days90: 90, days365: 365, never: null } as const
type End = keyof typeof ENDS

/** Asks what a key is for and what it may do, makes it, and shows it the one time it can be seen. */
export function MakeKey({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { say } = useReading()
  const [made, setMade] = useState<CreatedKey | null>(null)
  if (made) {
    return (
      <ShownOnce
        title={say('apiKeys.shownTitle')}
        text={say('apiKeys.shownText')}
        secret={made.key}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog title={say('apiKeys.add')} isOpen onClose={onClose}>
      <KeyForm
        onClose={onClose}
        onMade={(key) => {
          setMade(key)
          onMade()
        }}
      />
    </Dialog>
  )
}

function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: CreatedKey) => void }) {
  const { say } = useReading()
  const { membership } = useSession()
  const { data: brands = [] } = useOwnBrands()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('brandMember')
  const [chosenBrand, setBrand] = useState<string | null>(null)
  const { data: marketplaces = [] } = useQuery(marketplacesQuery)
  const [chosenPlaces, setChosenPlaces] = useState<readonly string[]>([])
  const [end, setEnd] = useState<End>('days90')
  const { isBusy, trouble, send } = useSending()
  const roles: readonly Role[] = membership.role === 'operator' ? ROLES : BRAND_ROLES
  const brandId = chosenBrand ?? brands[0]?.brandId ?? ''

  function make(): void {
    const days = ENDS[end]
    const body = {
      name: name.trim(),
      role,
      ...(isBrandRole(role) ? { brandIds: [brandId] } : {}),
      ...(role === 'monitor' ? { marketplaces: chosenPlaces } : {}),
      expiresAt: days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString(),
    }
    // Sent a single time: a second one would make a second key, and nobody would know the first.
    void send(async () => {
      onMade((await api.request<CreatedKey>('POST', '/api-keys', { body, once: true })).body)
    })
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <Stack>
        <TextField
          label={say('apiKeys.name')}
          hint={say('apiKeys.nameHint')}
          value={name}
          onChange={setName}
          maxLength={200}
          autoComplete="off"
        />
        <Row>
          <Select
            label={say('apiKeys.scope')}
            isLabelled
            value={role}
            options={roles.map((each) => ({ value: each, label: say(`roleName.${each}`) }))}
            onChange={setRole}
          />
          {isBrandRole(role) && brands.length > 1 && (
            <Select
              label={say('form.brand')}
              isLabelled
              value={brandId}
              options={brands.map((brand) => ({ value: brand.brandId, label: brand.name }))}
              onChange={setBrand}
            />
          )}
          <Select
            label={say('apiKeys.expires')}
            isLabelled
            value={end}
            options={(Object.keys(ENDS) as End[]).map((each) => ({
              value: each,
              label: say(`apiKeys.${each}`),
            }))}
            onChange={setEnd}
          />
        </Row>
        <p>{say(role === 'monitor' ? 'apiKeys.may.monitor' : `people.may.${role}`)}</p>
        {role === 'monitor' && (
          <fieldset>
            <legend>{say('apiKeys.marketplaces')}</legend>
            {marketplaces.map(({ marketplace, name: label }) => (
              <Checkbox
                key={marketplace}
                isSelected={chosenPlaces.includes(marketplace)}
                onChange={(isChosen) =>
                  setChosenPlaces(
                    isChosen
                      ? [...chosenPlaces, marketplace]
                      : chosenPlaces.filter((id) => id !== marketplace),
                  )
                }
              >
                {label}
              </Checkbox>
            ))}
          </fieldset>
        )}
        <TroubleLine trouble={trouble} />
        <Row>
          <Button type="submit" weight="main" isDisabled={isBusy || name.trim() === ''}>
            {say('apiKeys.add')}
          </Button>
          <Button weight="quiet" onPress={onClose}>
            {say('form.cancel')}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
