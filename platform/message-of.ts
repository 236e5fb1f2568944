import { types } from 'node:util'

/** What was thrown, in words: an error's message, anything else as text. */
export function messageOf(thrown: unknown): string {
  // An error of another realm, such as jest's, is no instance of ours.
  return thrown instanceof Error || types.isNativeError(thrown) ? thrown.message : String(thrown)
}
