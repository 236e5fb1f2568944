/** Waits so many ms. Rejects with an `AbortError`, whose cause is the signal's reason, once it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted(signal))
    const end = () => {
      clearTimeout(timer)
      if (signal) reject(aborted(signal))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}

function aborted({ reason }: AbortSignal): Error {
  const error = new Error('The pause was ended.', { cause: reason })
  error.name = 'AbortError'
  return error
}
