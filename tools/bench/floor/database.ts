import mongoose from 'mongoose'

type Document = Record<string, unknown> & { _id: string }
type Database = mongoose.mongo.Db

const COLLECTIONS = ['cases', 'caseEvents', 'sightings'] as const

/** What one case leaves in the database, in the three transactions in which it does. */
interface Footprint {
  openingEvents: Document[]
  decidedEvents: Document[]
  closedEvents: Document[]
  row: Document
  sighting: Document
}

/** Writes what a case writes, as often and as much, into collections of the floor's own. */
export interface FloorDatabase {
  open(id: string): Promise<void>
  save(id: string, step: 'decided' | 'closed'): Promise<void>
  close(): Promise<void>
}

/** Opens it at `uri`, with the same indexes as the service has. */
export async function openFloorDatabase(uri: string): Promise<FloorDatabase> {
  const client = new mongoose.mongo.MongoClient(uri)
  const database = client.db()
  for (const name of COLLECTIONS) await copyIndexes(database, name)
  const [cases, caseEvents, sightings] = COLLECTIONS.map((name) =>
    collectionOf(database, name),
  ) as [
    mongoose.mongo.Collection<Document>,
    mongoose.mongo.Collection<Document>,
    mongoose.mongo.Collection<Document>,
  ]
  let known: Promise<Footprint> | undefined
  const footprint = () => (known ??= readFootprint(database))

  const inTransaction = (work: (session: mongoose.mongo.ClientSession) => Promise<unknown>) =>
    client.withSession((session) =>
      session.withTransaction(() => work(session), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
        readPreference: 'primary',
      }),
    )
  const eventsOf = (id: string, events: readonly Document[]) =>
    events.map((event) => ({ ...event, _id: `${id}:${String(event['seq'])}`, caseId: id }))

  return {
    async open(id) {
      const { openingEvents, row, sighting } = await footprint()
      await inTransaction(async (session) => {
        await sightings.insertOne({ ...sighting, _id: `sighting~${id}`, caseId: id }, { session })
        await caseEvents.insertMany(eventsOf(id, openingEvents), { session })
        const listing = { listingId: id, externalIds: [id], open: true }
        await cases.insertOne({ ...row, _id: id, ...listing }, { session })
      })
    },
    async save(id, step) {
      const { decidedEvents, closedEvents, row } = await footprint()
      const isClosed = step === 'closed'
      const { _id, ...fields } = row
      const saved = { ...fields, listingId: id, externalIds: [id], open: !isClosed }
      await inTransaction(async (session) => {
        const events = isClosed ? closedEvents : decidedEvents
        await caseEvents.insertMany(eventsOf(id, events), { session })
        await cases.updateOne({ _id: id }, { $set: saved }, { session })
      })
    },
    close: () => client.close(),
  }
}

function collectionOf(database: Database, name: string): mongoose.mongo.Collection<Document> {
  return database.collection<Document>(`floor-${name}`)
}

async function copyIndexes(database: Database, name: string): Promise<void> {
  const indexes = await database.collection(name).indexes()
  const own = collectionOf(database, name)
  for (const { key, name: indexName, unique, partialFilterExpression } of indexes) {
    if (indexName === '_id_') continue
    await own.createIndex(key, {
      ...(unique ? { unique } : {}),
      ...(partialFilterExpression ? { partialFilterExpression } : {}),
    })
  }
}

/** Takes the last case that the service itself has taken to its end. */
async function readFootprint(database: Database): Promise<Footprint> {
  const row = await database.collection<Document>('cases').findOne({ outcome: 'takenDown' })
  if (!row) throw new Error('no case has been taken down yet whose size could be had')
  const caseId = row._id
  const events = await database
    .collection<Document>('caseEvents')
    .find({ caseId })
    .sort({ seq: 1 })
    .toArray()
  const sighting = await database.collection<Document>('sightings').findOne({ caseId })
  if (!sighting) throw new Error(`case ${caseId} has no sighting`)
  const openingRev = Number(row['openingRev'])
  return {
    openingEvents: events.slice(0, openingRev),
    decidedEvents: events.slice(openingRev, -1),
    closedEvents: events.slice(-1),
    row,
    sighting,
  }
}
