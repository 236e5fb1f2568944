import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { api } from './api.js'

const PAGE = 100

interface Page<T> {
  items: T[]
  next: string | null
}

/** A list of the API that pages on ids: `path` below `/v1`, kept under `key`. */
export function pagesQuery<T>(key: readonly string[], path: string) {
  return infiniteQueryOptions({
    queryKey: ['list', ...key],
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`
      const options = { signal }
      return (await api.request<Page<T>>('GET', `${path}?limit=${PAGE}${after}`, options)).body
    },
    initialPageParam: '',
    getNextPageParam: ({ next }: Page<T>) => next ?? undefined,
  })
}

/** The items of such a list as far as they were read. */
export function usePages<T>(query: ReturnType<typeof pagesQuery<T>>) {
  const { data, ...rest } = useInfiniteQuery(query)
  return { ...rest, items: data?.pages.flatMap(({ items }) => items) }
}
