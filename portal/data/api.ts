import { type Connection, createConnection } from '../../client/connection.js'

/** A person waits: two more tries, within a few seconds. */
const IMPATIENT = { attempts: 3, firstWaitMs: 400, maxWaitMs: 2_000, maxRetryAfterMs: 5_000 }

/** The API that this page came from, under the session of this browser. */
export const api: Connection = createConnection(location.origin, null, { retry: IMPATIENT })

/** An id that nobody has used: sending a request again with it does nothing twice. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `portal-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
