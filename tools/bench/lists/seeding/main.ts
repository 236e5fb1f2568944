import { seed, type SeedOrder } from './seed.js'

// Puts a share of the cases on record, in a process of its own: one alone does not keep MongoDB busy.

process.once('disconnect', () => process.exit(0))
process.once('message', (order: SeedOrder) => {
  void seed(order).then(() => process.disconnect())
})
