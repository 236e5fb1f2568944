/** Epoch milliseconds or a date as ISO 8601 in UTC. */
export function iso(at: number | Date): string {
  return new Date(at).toISOString()
}
