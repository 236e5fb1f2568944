import type { ReactNode } from 'react'
import type { Brand } from '../data/brands.js'
import { troubleOf } from '../data/trouble.js'
import { Failed, Loading } from '../design/states.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import { useBrandEditing } from './brand-editing.js'
import { tellSaved } from './saved.js'

/** What a form about a brand works with. */
export interface BrandForm {
  brand: Brand
  isBusy: boolean
  /** Saves what is given; the form begins anew with what was saved, or with what somebody else saved. */
  save: (
    changes: Partial<Pick<Brand, 'contacts' | 'calendar' | 'name' | 'active'>>,
  ) => Promise<boolean>
}

/** Reads a brand, and gives it to a form that is made anew for each revision of it. */
export function EditBrand({
  brandId,
  children,
}: {
  brandId: string
  children: (form: BrandForm) => ReactNode
}) {
  const { say } = useReading()
  const { brand, error, isError, refetch, isBusy, trouble, save } = useBrandEditing(brandId)
  if (!brand) {
    return isError ? (
      <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
    ) : (
      <Loading lines={8} />
    )
  }
  const saveAndSay: BrandForm['save'] = async (changes) => {
    const isSaved = await save(changes)
    if (isSaved) tellSaved(say('form.saved'))
    return isSaved
  }
  return (
    <>
      <TroubleLine trouble={trouble} />
      {children({ brand, isBusy, save: saveAndSay })}
    </>
  )
}
