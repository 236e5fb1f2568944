import type { ClientSession, Connection } from 'mongoose'
import type { CaseDocument } from '../cases/document.js'
import type { AccountManagerRepository, Responsibilities } from './repository.js'

/** As many ids as are named of each kind; the numbers are complete. */
const MAX_NAMED = 100

/** What depends on one account manager or lead. */
export function responsibilitiesIn(
  connection: Connection,
): AccountManagerRepository['responsibilities'] {
  const cases = connection.model<CaseDocument>('Case')
  const brands = () =>
    connection.collection<{ _id: string; accountManagerId: string | null }>('brands')
  const managers = () =>
    connection.collection<{ _id: string; leadId: string | null }>('accountManagers')
  const openCases = (id: string) => ({
    open: true,
    $or: [{ accountManagerId: id }, { 'state.parties.leadId': id }],
  })

  return async (accountManagerId): Promise<Responsibilities> => {
    const named = { projection: { _id: 1 }, limit: MAX_NAMED, sort: { _id: 1 } } as const
    const [ownBrands, ownManagers, open] = await Promise.all([
      brands().find({ accountManagerId }, named).toArray(),
      managers()
        .find({ leadId: accountManagerId, _id: { $ne: accountManagerId } }, named)
        .toArray(),
      cases.countDocuments(openCases(accountManagerId)),
    ])
    return {
      brandIds: ownBrands.map(({ _id }) => _id),
      accountManagerIds: ownManagers.map(({ _id }) => _id),
      openCases: open,
    }
  }
}

/** Gives everything that depends on one of them to another, but for open cases. */
export async function handOver(
  connection: Connection,
  session: ClientSession,
  from: string,
  to: string,
): Promise<void> {
  const next = { $inc: { rev: 1 } }
  await connection
    .collection('brands')
    .updateMany(
      { accountManagerId: from },
      { ...next, $set: { accountManagerId: to, updatedAt: new Date() } },
      { session },
    )
  await connection
    .collection('accountManagers')
    .updateMany({ leadId: from }, { ...next, $set: { leadId: to } }, { session })
}
