import type { AddressInfo } from 'node:net'
import { Client, Connection } from '@temporalio/client'
import fastify from 'fastify'
import mongoose from 'mongoose'
import type { NewCase } from '../../../../contract/sighting.js'
import { FLOOR_QUEUE } from '../workflow.js'

// The floor of intake: HTTP by the same framework, one read by key, one workflow of the floor started. It checks nothing.

const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = process.env
const connection = await Connection.connect({ address })
const temporal = new Client({ connection, namespace })
const mongo = new mongoose.mongo.MongoClient(process.env['MONGODB_URI'] ?? '')
const sightings = mongo.db().collection<{ _id: string }>('sightings')

const app = fastify()
app.post<{ Body: NewCase }>('/v1/cases', async (request, reply) => {
  const report = request.body
  const workflowId = `floor~${report.listing.listingId}`
  await sightings.findOne({ _id: workflowId })
  await temporal.workflow.start('floorCase', { workflowId, taskQueue: FLOOR_QUEUE, args: [report] })
  return reply.code(202).send({ result: 'opened', caseId: workflowId })
})
await app.listen({ host: '127.0.0.1', port: 0 })

process.once('disconnect', () => process.exit(0))
process.once('SIGTERM', () => {
  void (async () => {
    await app.close()
    await Promise.all([connection.close(), mongo.close()])
    process.disconnect()
  })()
})
process.send?.(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
