/** A mail that came back for good, as whoever carries our mails tells. */
export interface Bounce {
  /** The Message-ID that it left with. */
  messageId: string
  at: Date
  /** In the words of the server that refused it. */
  detail: string
}

/** Reads JSON that somebody else wrote: `null` where it is none, or no object. */
export function readObject(text: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof text !== 'string') return null
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return null
  }
}

/** What of a value is an object; `null` for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : null
}

/** What of a value is text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
