import type { Desk } from '../../contract/desk.js'

/** How many cases are open. */
export function openOf({ openByPhase }: Pick<Desk['brands'][number], 'openByPhase'>): number {
  return Object.values(openByPhase).reduce<number>((sum, count = 0) => sum + count, 0)
}
