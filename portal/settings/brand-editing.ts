import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Static } from 'typebox'
import { ApiRefusal } from '../../client/errors.js'
import { brandPath } from '../../client/paths.js'
import type { BrandChangesSchema } from '../../contract/brand.js'
import { api } from '../data/api.js'
import type { Brand } from '../data/brands.js'
import { useSending } from '../data/sending.js'

/** A brand in full. */
function brandQuery(brandId: string) {
  return queryOptions({
    queryKey: ['brand', brandId],
    queryFn: () => api.get<Brand>(brandPath(brandId)),
  })
}

/** True when somebody else changed it after it was read. */
export function isStale(error: unknown): boolean {
  return error instanceof ApiRefusal && error.code === 'stale-revision'
}

/**
 * A brand that is being changed. `brand` stays what it was when it was read until it is saved; where
 * somebody else was first, it becomes theirs, and `trouble` says so. Give forms its `rev` as a key.
 */
export function useBrandEditing(brandId: string) {
  const client = useQueryClient()
  const { data, error, isError, refetch } = useQuery(brandQuery(brandId))
  const [base, setBase] = useState<Brand | null>(null)
  const { isBusy, trouble, send } = useSending()
  useEffect(() => {
    if (base === null && data) setBase(data)
  }, [base, data])

  /** Saves some of its fields; true when that worked. */
  async function save(changes: Static<typeof BrandChangesSchema>): Promise<boolean> {
    const of = base ?? data
    if (!of) return false
    return send(async () => {
      try {
        const ifMatch = `"${of.rev}"`
        const options = { body: changes, ifMatch }
        const { body } = await api.request<Brand>('PATCH', brandPath(brandId), options)
        client.setQueryData(brandQuery(brandId).queryKey, body)
        setBase(body)
      } catch (refused) {
        if (isStale(refused)) setBase((await refetch()).data ?? null)
        throw refused
      }
    })
  }

  return { brand: base ?? data, error, isError, refetch, isBusy, trouble, save }
}
