import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useOwnBrands } from '../data/brands.js'
import { useSession } from '../data/session.js'
import { troubleOf } from '../data/trouble.js'
import { Select } from '../design/fields.js'
import { Page } from '../design/page.js'
import { Empty, Failed, Loading } from '../design/states.js'
import { useReading } from '../words/words.js'
import { mayChangeBrand } from './sections.js'

/** The brand that a screen of the settings is about. */
export interface ChosenBrand {
  brandId: string
  name: string
  /** Whether whoever looks may change its settings. */
  isMine: boolean
}

/** A screen about one brand: which one is in the address, and chosen here where there are several. */
export function BrandPage({
  title,
  intro,
  children,
}: {
  title: string
  intro: string
  children: (brand: ChosenBrand) => ReactNode
}) {
  const { say } = useReading()
  const navigate = useNavigate()
  const { brand: wanted } = useSearch({ from: '/signed-in/settings' })
  const { role } = useSession().membership
  const { data: brands, isError, error, refetch } = useOwnBrands()
  const chosen = brands?.find(({ brandId }) => brandId === wanted) ?? brands?.[0]
  return (
    <Page
      title={title}
      intro={intro}
      actions={
        brands &&
        brands.length > 1 && (
          <Select
            label={say('form.brand')}
            value={chosen?.brandId ?? ''}
            options={brands.map(({ brandId, name }) => ({ value: brandId, label: name }))}
            onChange={(brand) => void navigate({ to: '.', search: { brand } })}
          />
        )
      }
    >
      {chosen ? (
        children({ ...chosen, isMine: mayChangeBrand(role) })
      ) : isError ? (
        <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
      ) : brands ? (
        <Empty title={say('form.noBrand')} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}
