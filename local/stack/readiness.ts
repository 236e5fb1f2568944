import { connect } from 'node:net'

const ATTEMPT_TIMEOUT_MS = 2_000

/** Rejects unless something on this machine accepts connections on `port`. */
export function checkTcp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ATTEMPT_TIMEOUT_MS })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => socket.destroy(new Error(`port ${port} does not answer`)))
    socket.once('error', reject)
  })
}

/** Rejects unless `url` answers with a 2xx status. */
export async function checkHttp(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${text.slice(0, 500)}`)
}
