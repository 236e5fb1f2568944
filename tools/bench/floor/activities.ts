import { readFile } from 'node:fs/promises'
import type { Client } from '@temporalio/client'
import { createTransport } from 'nodemailer'
import { Agent, request } from 'undici'
import type { NewCase } from '../../../contract/sighting.js'
import { openFloorDatabase } from './database.js'
import {
  FLOOR_DIGEST,
  FLOOR_QUEUE,
  type FloorActivities,
  type FloorMarketplaceActivities,
  tellFloor,
} from './workflow.js'

const CONNECTIONS = 32
/** The service's own, unless the environment says otherwise. */
const GATHER_MS = 20_000
const INTERVAL_MS = 900_000
/** About what one case takes in a mail, as text and as HTML. */
const MAIL_BYTES_PER_CASE = 2_000

/** The effects of the floor, on the same servers as those of the service. */
export interface FloorEffects {
  cases: FloorActivities
  marketplace: FloorMarketplaceActivities
  close(): Promise<void>
}

/** Opens them; `env` is that of the service's own processes. */
export async function openFloorEffects(
  temporal: Client,
  env: NodeJS.ProcessEnv,
): Promise<FloorEffects> {
  const database = await openFloorDatabase(env['MONGODB_URI'] ?? '')
  const mail = createTransport({ url: env['SMTP_URL'] ?? '' })
  const dispatcher = new Agent({ connections: CONNECTIONS })
  const marketplaceUrl = await readMarketplaceUrl(env['MARKETPLACES_FILE'] ?? '')
  const call = async (method: 'GET' | 'PUT', path: string, body?: object) => {
    const response = await request(`${marketplaceUrl}/v1/${path}`, {
      dispatcher,
      method,
      headers: {
        authorization: `Bearer ${env['SANDBOX_TOKEN'] ?? ''}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    })
    const text = await response.body.text()
    if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${text}`)
  }

  return {
    cases: {
      open: (report) => database.open(idOf(report)),
      save: (report, step) => database.save(idOf(report), step),
      async tell(report) {
        await temporal.workflow.signalWithStart(FLOOR_DIGEST, {
          workflowId: 'floor-digest',
          taskQueue: FLOOR_QUEUE,
          args: [
            {
              gatherMs: Number(env['MAIL_GATHER_MS'] ?? GATHER_MS),
              intervalMs: Number(env['MAIL_INTERVAL_MS'] ?? INTERVAL_MS),
            },
          ],
          signal: tellFloor,
          signalArgs: [`${idOf(report)}~${Date.now()}`],
        })
      },
      async mail(cases) {
        const content = 'x'.repeat(cases * MAIL_BYTES_PER_CASE)
        await mail.sendMail({
          from: 'no-reply@joint-force.example',
          to: 'floor@northwind.example',
          subject: `${cases} cases`,
          text: content,
          html: content,
        })
      },
    },
    marketplace: {
      async remove(report) {
        const { listingId } = report.listing
        await call('GET', `listings/${listingId}`)
        await call('PUT', `takedowns/${idOf(report)}`, {
          caseId: idOf(report),
          listingId,
          verdict: 'counterfeit',
          basis: 'brandConfirmed',
          severity: report.suspectedSeverity,
        })
      },
    },
    async close() {
      mail.close()
      await Promise.all([database.close(), dispatcher.close()])
    },
  }
}

function idOf({ listing }: NewCase): string {
  return `floor~${listing.listingId}`
}

async function readMarketplaceUrl(file: string): Promise<string> {
  const [entry] = JSON.parse(await readFile(file, 'utf8')) as { baseUrl: string }[]
  if (!entry) throw new Error(`${file} names no marketplace`)
  return entry.baseUrl
}
