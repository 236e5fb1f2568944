import type { FastifyReply } from 'fastify'
import {
  EVENT_STREAM_TYPE,
  LiveHeadersSchema,
  LiveQuerySchema,
  LiveStreamSchema,
} from '../../contract/live.js'
import type { RouteDeps } from '../deps.js'
import { createLiveHub } from '../live/hub.js'
import { createOpenStreams } from '../live/open-streams.js'
import { type App, callerOf } from './route.js'

/** What is saved, while one looks on. */
export function liveRoutes(app: App, deps: RouteDeps): void {
  const { store, config, metrics, authenticator, cookies, logger } = deps
  const hub = createLiveHub(store.live, logger)
  const streams = createOpenStreams(
    { perCaller: config.LIVE_STREAMS_PER_CALLER, inTotal: config.LIVE_STREAMS },
    metrics.live,
  )
  // A server that closes waits for open answers.
  app.addHook('preClose', async () => {
    streams.endAll()
    await hub.close()
  })

  app.get(
    '/live',
    {
      config: { scope: 'cases:read', isStream: true, problems: ['too-many-streams'] },
      // A HEAD request would read the stream to its end.
      exposeHeadRoute: false,
      schema: {
        operationId: 'watchCases',
        summary: 'Which cases are saved, as it happens',
        description:
          'Server-Sent Events. `cases` names the cases that were saved and their `rev`; read them ' +
          'anew. `reset`: read everything anew. Goes on after the event that `Last-Event-ID` names.',
        tags: ['Cases'],
        querystring: LiveQuerySchema,
        headers: LiveHeadersSchema,
        response: { 200: { content: { [EVENT_STREAM_TYPE]: { schema: LiveStreamSchema } } } },
      },
    },
    async (request, reply) => {
      const { authorization, 'last-event-id': lastEventId } = request.headers
      const credentials = { authorization, sessionSecret: cookies.sessionOf(request) }
      await hub.begun()
      const stream = streams.open(
        {
          caller: callerOf(request),
          identify: () => authenticator.authenticate(credentials, request.log),
          log: request.log,
        },
        (ended) => hub.leave(ended),
      )
      hub.join(stream, lastEventId ?? request.query.after ?? null)
      void reply
        .type(EVENT_STREAM_TYPE)
        // Proxies keep back what they could still compress or send together.
        .header('x-accel-buffering', 'no')
        // A server that closes would wait for the next request on it.
        .header('connection', 'close')
      // The schema of the answer is that of the text which the stream carries.
      return (reply as FastifyReply).send(stream.body)
    },
  )
}
