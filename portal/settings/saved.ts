import { tell } from '../design/toasts.js'

const TOLD_MS = 5_000

/** Says that something was saved. */
export function tellSaved(text: string): void {
  tell({ tone: 'good', content: () => text }, TOLD_MS)
}
