/**
 * What the promise resolves to; rejects with the error that `overdue` makes when that takes longer
 * than `timeoutMs`. What was begun is not stopped by it.
 */
export async function withinMs<T>(
  promise: Promise<T>,
  timeoutMs: number,
  overdue: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(overdue()), timeoutMs)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
