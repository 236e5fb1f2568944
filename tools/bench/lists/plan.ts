import type mongoose from 'mongoose'

/** How the database answered one query on cases. */
export interface Plan {
  /** `IXSCAN { brandId: 1, … }` */
  summary: string
  keysExamined: number
  docsExamined: number
  returned: number
  /** Cases that were sorted in memory; none where an index has the order. */
  sorted: number
}

interface ProfileEntry {
  planSummary?: string
  keysExamined?: number
  docsExamined?: number
  nreturned?: number
  execStats?: Stage
}
interface Stage {
  stage?: string
  inputStage?: Stage
  inputStages?: Stage[]
  nReturned?: number
}

/** Asks once and tells how the database found the answer: the service's own query, as the profiler saw it. */
export async function planOf(
  database: mongoose.mongo.Db,
  ask: () => Promise<unknown>,
): Promise<Plan> {
  const [plan, ...others] = await plansOf(database, ask)
  if (plan && others.length === 0) return plan
  throw new Error(`a list made ${others.length + (plan ? 1 : 0)} queries on cases instead of one`)
}

/** The same of whatever asks for more than a list: a plan for each query on cases, in any order. */
export async function plansOf(
  database: mongoose.mongo.Db,
  ask: () => Promise<unknown>,
): Promise<Plan[]> {
  await database.command({ profile: 0 })
  await database
    .collection('system.profile')
    .drop()
    .catch(() => undefined)
  await database.command({ profile: 2 })
  try {
    await ask()
  } finally {
    await database.command({ profile: 0 })
  }
  const asked = [{ op: 'query' }, { op: 'command', 'command.aggregate': 'cases' }]
  const entries = await database
    .collection('system.profile')
    .find<ProfileEntry>({ ns: `${database.databaseName}.cases`, $or: asked })
    .toArray()
  return entries.map(
    ({ planSummary = 'none', keysExamined = 0, docsExamined = 0, nreturned = 0, execStats }) => ({
      ...{ summary: planSummary, keysExamined, docsExamined, returned: nreturned },
      sorted: sortedBy(execStats),
    }),
  )
}

/** What went into the sorting stage, if there is one. */
function sortedBy(stage: Stage | undefined): number {
  if (!stage) return 0
  const inputs = [...(stage.inputStages ?? []), ...(stage.inputStage ? [stage.inputStage] : [])]
  if (stage.stage === 'SORT') return inputs.reduce((sum, input) => sum + (input.nReturned ?? 0), 0)
  return inputs.reduce((most, input) => Math.max(most, sortedBy(input)), 0)
}

/** Entries of an index that may be read for one row of a page, when the index does not have it all. */
const MAX_EXAMINED_PER_ROW = 60

/** What is wrong with how a list was found, if anything: it must not read more as there are more cases. */
export function faultOfPlan({
  summary,
  keysExamined,
  docsExamined,
  returned,
  sorted,
}: Plan): string | null {
  if (!summary.includes('IXSCAN')) return `reads the whole collection (${summary})`
  const examined = Math.max(keysExamined, docsExamined)
  if (sorted > Math.max(MAX_EXAMINED_PER_ROW, returned)) return `sorts ${sorted} cases in memory`
  if (examined > MAX_EXAMINED_PER_ROW * Math.max(1, returned))
    return `reads ${examined} for ${returned}`
  return null
}
