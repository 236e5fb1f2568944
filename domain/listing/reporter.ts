/**
 * Who reports with a key: the monitor that an operator named it for, whatever key it has now, or else
 * the key itself, by its `id`. What a report says of its monitor is no proof of who sent it.
 */
export function reporterOf({ id, monitorName }: { id: string; monitorName?: string }): string {
  return monitorName === undefined ? `key:${id}` : `monitor:${monitorName}`
}
