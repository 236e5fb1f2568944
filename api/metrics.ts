import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type Standstill, STANDSTILLS } from '../domain/vocabulary.js'
import type { StreamMetrics } from './live/open-streams.js'

/** The API's own numbers, exposed on the admin port. */
export interface ApiMetrics {
  registry: Registry
  /** One answered request; `route` is the pattern, never the path. */
  request(labels: { method: string; route: string; status: number }, seconds: number): void
  /** One report of a monitor, by what became of it. */
  intake(result: string): void
  /** One decision, by what became of it. */
  decision(result: 'applied' | 'accepted' | 'refused'): void
  /** Live streams, and what they say. */
  live: StreamMetrics
}

/**
 * `withProcess` adds memory, event loop and garbage collection; off where many live in a process.
 * `countStanding` is asked whenever the metrics are read; what it cannot count is left out then.
 */
export function createApiMetrics({
  withProcess,
  countStanding,
}: {
  withProcess: boolean
  countStanding?: (standstill: Standstill) => Promise<number>
}): ApiMetrics {
  const registry = new Registry()
  if (withProcess) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'joint_force_http_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  const reports = new Counter({
    name: 'joint_force_reports_total',
    help: 'Reports of monitors by result.',
    labelNames: ['result'],
    registers: [registry],
  })
  const decisions = new Counter({
    name: 'joint_force_decisions_total',
    help: 'Decisions sent to the API by result.',
    labelNames: ['result'],
    registers: [registry],
  })
  const live = addLive(registry)
  if (countStanding) addStandstills(registry, countStanding)
  return {
    registry,
    request: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    intake: (result) => reports.inc({ result }),
    decision: (result) => decisions.inc({ result }),
    live,
  }
}

function addLive(registry: Registry): StreamMetrics {
  const open = new Gauge({
    name: 'joint_force_live_streams',
    help: 'Live streams that are open.',
    registers: [registry],
  })
  const ended = new Counter({
    name: 'joint_force_live_streams_ended_total',
    help: 'Live streams that ended, by why.',
    labelNames: ['reason'],
    registers: [registry],
  })
  const events = new Counter({
    name: 'joint_force_live_events_total',
    help: 'Events sent on live streams.',
    labelNames: ['event'],
    registers: [registry],
  })
  return {
    opened: () => open.inc(),
    ended(reason) {
      open.dec()
      ended.inc({ reason })
    },
    event: (event) => events.inc({ event }),
  }
}

function addStandstills(
  registry: Registry,
  countStanding: (standstill: Standstill) => Promise<number>,
): void {
  new Gauge({
    name: 'joint_force_standing_cases',
    help: 'Open cases whose process stands still, by how.',
    labelNames: ['standstill'],
    registers: [registry],
    async collect() {
      this.reset()
      await Promise.allSettled(
        STANDSTILLS.map(async (standstill) =>
          this.set({ standstill }, await countStanding(standstill)),
        ),
      )
    },
  })
}
