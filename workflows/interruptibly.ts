import { CancellationScope, condition, isCancellation } from '@temporalio/workflow'

/** `work`, cancelled as soon as `isOver`; `null` when the cancellation was all that came of it. */
export async function interruptibly<T>(
  isOver: () => boolean,
  work: () => Promise<T>,
): Promise<T | null> {
  const working = new CancellationScope()
  const watching = new CancellationScope()
  const watched = watching
    .run(() => condition(isOver))
    .then(
      () => working.cancel(),
      (error: unknown) => {
        if (!isCancellation(error)) throw error
      },
    )
  try {
    return await working.run(work)
  } catch (error) {
    if (isCancellation(error) && isOver()) return null
    throw error
  } finally {
    watching.cancel()
    await watched
  }
}
