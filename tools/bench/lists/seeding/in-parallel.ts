import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { verifyCase } from '../../../../store/cases/audit.js'
import type { Store } from '../../../../store/store.js'
import type { SeedOrder } from './seed.js'

const PROCESSES = 2
const ID_PAGE = 1_000

/** Puts the cases from number `from` on, before `end`, on record, in several processes. */
export async function seedInParallel(
  given: Pick<SeedOrder, 'mongodbUri' | 'now' | 'end'> & { from: number },
): Promise<void> {
  const { from, ...order } = given
  await Promise.all(
    Array.from({ length: PROCESSES }, async (_, share) => {
      const child = fork(path.join(import.meta.dirname, 'main.ts'), [], {
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      child.send({ ...order, first: from + share, step: PROCESSES } satisfies SeedOrder)
      const [code] = (await once(child, 'exit')) as [number | null]
      if (code !== 0) throw new Error(`putting cases on record ended with exit code ${code}`)
    }),
  )
}

/** Verifies the records of about `count` cases, evenly chosen. Throws at the first that is not whole. */
export async function verifySample(store: Store, count: number, total: number): Promise<number> {
  const step = Math.max(1, Math.floor(total / count))
  let seen = 0
  let verified = 0
  for (let after: string | null = null; ;) {
    const caseIds: string[] = await store.cases.ids(after, ID_PAGE)
    for (const caseId of caseIds) {
      if (seen++ % step !== 0) continue
      const { finding } = await verifyCase(store, caseId)
      if (finding) throw new Error(`the record of ${caseId} is not whole: ${finding.detail}`)
      verified++
    }
    after = caseIds.at(-1) ?? null
    if (after === null) break
  }
  if (seen !== total) throw new Error(`${total} cases were put on record, and ${seen} are there`)
  return verified
}
