import Fastify, { type FastifyInstance } from 'fastify'

/** What an admin port needs to know about its process. */
export interface AdminServerOptions {
  /** Named checks of what the process depends on; each rejects when it is not usable. */
  checks: Record<string, () => Promise<void>>
  /** The metrics in Prometheus text format. */
  metrics: () => Promise<string>
}

/** The admin port of a process; it does not listen yet. */
export interface AdminServer {
  app: FastifyInstance
  /** From now on `/readyz` answers 503, so that no new work is sent here. */
  drain(): void
}

const READINESS_CACHE_MS = 1_000

/**
 * Health and metrics on a port of their own: `/livez` (the process runs), `/startupz` (it was ready
 * once), `/readyz` (it is ready now; the answer is kept for a second), `/metrics`.
 */
export function createAdminServer({ checks, metrics }: AdminServerOptions): AdminServer {
  const app = Fastify({ logger: false })
  let draining = false
  let started = false
  let known: { at: number; failures: Record<string, string> } | null = null

  async function failures(): Promise<Record<string, string>> {
    if (known && Date.now() - known.at < READINESS_CACHE_MS) return known.failures
    const results = await Promise.allSettled(Object.values(checks).map((check) => check()))
    const failed = Object.keys(checks).flatMap((name, i) => {
      const result = results[i]
      return result?.status === 'rejected' ? [[name, String(result.reason)]] : []
    })
    known = { at: Date.now(), failures: Object.fromEntries(failed) as Record<string, string> }
    return known.failures
  }

  app.get('/livez', async () => ({ status: 'ok' }))
  app.get('/startupz', async (_request, reply) => {
    started ||= Object.keys(await failures()).length === 0
    return reply.code(started ? 200 : 503).send({ status: started ? 'ok' : 'starting' })
  })
  app.get('/readyz', async (_request, reply) => {
    if (draining) return reply.code(503).send({ status: 'draining' })
    const failed = await failures()
    const ready = Object.keys(failed).length === 0
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'notReady', failed })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4').send(await metrics()),
  )
  return {
    app,
    drain() {
      draining = true
    },
  }
}
