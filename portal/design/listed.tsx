import type { ReactNode } from 'react'
import { troubleOf } from '../data/trouble.js'
import { useReading } from '../words/words.js'
import { Button } from './button.js'
import { Empty, Failed, Loading } from './states.js'

/** What a list that is read page by page knows of itself. */
interface Reading<T> {
  items: readonly T[] | undefined
  error: unknown
  isError: boolean
  refetch: () => unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** A list once it is there; before that, or where there is nothing, what is to be said instead. */
export function Listed<T>({
  of,
  empty,
  children,
}: {
  of: Reading<T>
  /** Said where there is none. */
  empty: string
  children: (items: readonly T[]) => ReactNode
}) {
  const { say } = useReading()
  if (!of.items) {
    return of.isError ? (
      <Failed trouble={troubleOf(of.error)} onRetry={() => void of.refetch()} />
    ) : (
      <Loading />
    )
  }
  if (of.items.length === 0) return <Empty title={empty} />
  return (
    <>
      {children(of.items)}
      {of.hasNextPage && (
        <Button isDisabled={of.isFetchingNextPage} onPress={() => void of.fetchNextPage()}>
          {say('form.more')}
        </Button>
      )}
    </>
  )
}
