/** What the address of a screen of the settings says. */
export interface SettingsSearch {
  /** The brand whose settings they are; where it is not said, the first one. */
  brand?: string | undefined
}

/** Reads it from the address. */
export function readSettingsSearch({ brand }: Record<string, unknown>): SettingsSearch {
  return typeof brand === 'string' && brand !== '' ? { brand } : {}
}
