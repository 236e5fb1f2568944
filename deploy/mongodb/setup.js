// Run by mongosh: initiates the one-node replica set and creates the user of the service, or sets
// that user's password and roles again. Safe to repeat.
const { MONGODB_HOST, MONGODB_ROOT_PASSWORD, MONGODB_PASSWORD } = process.env

const database = 'joint-force'
const primaryWaitMs = 60_000

const admin = new Mongo(
  `mongodb://root:${encodeURIComponent(MONGODB_ROOT_PASSWORD)}@${MONGODB_HOST}/?directConnection=true`,
).getDB('admin')

try {
  admin.adminCommand({ replSetGetStatus: 1 })
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error
  admin.adminCommand({
    replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: MONGODB_HOST }] },
  })
}

const giveUpAt = Date.now() + primaryWaitMs
while (!admin.hello().isWritablePrimary) {
  if (Date.now() > giveUpAt) throw new Error(`${MONGODB_HOST} did not become primary: see its log`)
  sleep(500)
}

const service = admin.getSiblingDB(database)
const user = {
  pwd: MONGODB_PASSWORD,
  // dbAdmin for `migrate`: indexes and validation rules.
  roles: [
    { role: 'readWrite', db: database },
    { role: 'dbAdmin', db: database },
  ],
}
if (service.getUser(database)) service.updateUser(database, user)
else service.createUser({ user: database, ...user })

print(`${MONGODB_HOST}: replica set rs0, user ${database} ready`)
