import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { createNamesOf } from './callers/actor-names.js'
import { refuseForeignPages } from './callers/own-pages.js'
import { createAuthenticator } from './callers/authenticate.js'
import { createHoldConfirmation } from './cases/brake.js'
import { createCaseGateway } from './cases/gateway.js'
import { takeJson, tidyRequests } from './http/bodies.js'
import type { ApiDeps, RouteDeps } from './deps.js'
import { registerDocs } from './openapi/docs.js'
import { answerUnreadable, ApiProblem, sendProblem } from './errors.js'
import {
  admitCallers,
  answerUnknownMethods,
  checkScopes,
  guardRoutes,
  keepWithinReach,
  limitRates,
  refuseUnknownQueries,
  reportRequests,
  requireBodies,
} from './http/hooks.js'
import { createReopenCase } from './cases/reopen-case.js'
import { createReportSighting } from './cases/intake.js'
import { createDatabaseGate } from './outage.js'
import { registerPortal } from './portal.js'
import { createRecentPeople } from './callers/recent-people.js'
import { accountManagerRoutes } from './routes/account-managers.js'
import { answerRoutes } from './routes/answer.js'
import { absenceRoutes } from './routes/absences.js'
import { bounceRoutes } from './routes/bounces.js'
import { mailSettingsRoutes } from './routes/mail-settings.js'
import { apiKeyRoutes } from './routes/api-keys.js'
import { authorisedSellerRoutes } from './routes/authorised-sellers.js'
import { brandRoutes } from './routes/brands.js'
import { pictureRoutes } from './routes/pictures.js'
import { reopeningRoutes } from './routes/reopening.js'
import { caseMailRoutes } from './routes/case-mails.js'
import { caseMessageRoutes } from './routes/case-messages.js'
import { caseChangeRoutes } from './routes/case-changes.js'
import { caseExportRoutes } from './routes/case-export.js'
import { caseRoutes } from './routes/cases.js'
import { contactMailRoutes } from './routes/contact-mails.js'
import { dashboardRoutes } from './routes/dashboard.js'
import { firstViewRoutes } from './routes/first-view.js'
import { decisionRoutes } from './routes/decisions.js'
import { deskRoutes } from './routes/desks.js'
import { intakeRoutes } from './routes/intake.js'
import { marketplaceRoutes } from './routes/marketplaces.js'
import { sellerImportRoute } from './routes/seller-import.js'
import { liveRoutes } from './routes/live.js'
import { peopleRoutes } from './routes/people.js'
import { policyReplayRoutes } from './routes/policy-replay.js'
import { publicDayRoutes } from './routes/public-days.js'
import { referencePictureRoutes } from './routes/reference-pictures.js'
import { referenceRoutes } from './routes/references.js'
import { questionRoutes } from './routes/questions.js'
import { refusedReportRoutes } from './routes/refused-reports.js'
import type { App } from './routes/route.js'
import { savedViewRoutes } from './routes/saved-views.js'
import { sessionRoutes } from './routes/sessions.js'
import { signInProviderRoutes } from './routes/sign-in-provider.js'
import { signInRoutes } from './routes/sign-in.js'
import { similarCaseRoutes } from './routes/similar-cases.js'
import { standstillRoutes } from './routes/standstills.js'
import { statsRoutes } from './routes/stats.js'
import { sweepRoutes } from './routes/sweeps.js'
import { webhookDeliveryRoutes } from './routes/webhook-deliveries.js'
import { webhookRoutes } from './routes/webhooks.js'
import { createBrandStanding } from './callers/brand-standing.js'
import { createCookies } from './sign-in/cookies.js'
import { createSignInLinks } from './sign-in/links.js'
import { createSessions } from './sign-in/sessions.js'
import { createSweeps } from './cases/sweeps.js'
import { closeUnusedConnections } from './http/unused-connections.js'
import { verificationRoutes } from './routes/verification.js'
import { validatorCompiler } from './http/validation.js'

const BODY_LIMIT = 256 * 1024
const PARAM_MAX = 1_200
const REQUEST_TIMEOUT_MS = 60_000

const V1_ROUTES = [
  intakeRoutes,
  refusedReportRoutes,
  caseRoutes,
  verificationRoutes,
  caseMailRoutes,
  caseChangeRoutes,
  caseExportRoutes,
  similarCaseRoutes,
  liveRoutes,
  pictureRoutes,
  referenceRoutes,
  referencePictureRoutes,
  decisionRoutes,
  caseMessageRoutes,
  reopeningRoutes,
  sweepRoutes,
  brandRoutes,
  policyReplayRoutes,
  contactMailRoutes,
  publicDayRoutes,
  authorisedSellerRoutes,
  sellerImportRoute,
  marketplaceRoutes,
  accountManagerRoutes,
  absenceRoutes,
  apiKeyRoutes,
  webhookRoutes,
  webhookDeliveryRoutes,
  peopleRoutes,
  signInRoutes,
  signInProviderRoutes,
  savedViewRoutes,
  sessionRoutes,
  deskRoutes,
  questionRoutes,
  statsRoutes,
  dashboardRoutes,
  firstViewRoutes,
  standstillRoutes,
]

/** The whole HTTP API; call `ready()` or `listen()` on it. Opens no connection by itself. */
export function buildApp(deps: ApiDeps): App {
  const { config } = deps
  const loggerInstance: FastifyBaseLogger = deps.logger
  const app: App = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: config.TRUST_PROXY === '' ? false : config.TRUST_PROXY.split(','),
    routerOptions: { maxParamLength: PARAM_MAX },
    frameworkErrors: (error, request, reply) => {
      // No hook runs for a path that cannot be read.
      reply.header('x-request-id', request.id)
      sendProblem(error, request, reply)
    },
    clientErrorHandler: answerUnreadable,
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setValidatorCompiler(validatorCompiler)
  app.removeContentTypeParser('text/plain')
  takeJson(app)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => {
    if (portal.isScreen(request)) return portal.sendPage(reply)
    const absent = new ApiProblem('not-found', 'There is no such path; see /docs.')
    return sendProblem(absent, request, reply)
  })
  const gate = createDatabaseGate(deps.now)
  const people = createRecentPeople(deps.store, gate, deps.now)
  guardRoutes(app)
  closeUnusedConnections(app)
  reportRequests(app, deps.metrics)
  const cookies = createCookies(config.PUBLIC_URL)
  const authenticator = createAuthenticator(people, deps.store, deps.now)
  admitCallers(app, authenticator, cookies, config.RATE_LIMIT_PER_MINUTE)
  if (config.RATE_LIMIT_PER_MINUTE > 0) {
    void app.register(rateLimit, { global: false })
    limitRates(app, config.RATE_LIMIT_PER_MINUTE)
  }
  refuseForeignPages(app, config.PUBLIC_URL)
  checkScopes(app)
  const standing = createBrandStanding(people)
  keepWithinReach(app, standing)
  answerUnknownMethods(app)
  requireBodies(app)
  refuseUnknownQueries(app)
  tidyRequests(app)

  void app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  })
  void app.register(underPressure, {
    maxEventLoopDelay: config.OVERLOADED_DELAY_MS,
    pressureHandler: () => {
      throw new ApiProblem('overloaded', 'Too much at once; try again shortly.', { retryAfterS: 5 })
    },
  })
  registerDocs(app)
  const portal = registerPortal(app, config.PORTAL_DIR ?? '')

  const signInLinks = createSignInLinks({ ...deps, people })
  app.addHook('onClose', () => signInLinks.settled())
  const routeDeps = {
    ...withRouteDeps(deps, { gate, people, standing, authenticator }),
    ...{ cookies, signInLinks, sessions: createSessions({ ...deps, people }) },
  }
  void app.register(async (pages) => answerRoutes(pages, routeDeps))
  void app.register(async (pages) => mailSettingsRoutes(pages, routeDeps))
  void app.register(async (hooks) => bounceRoutes(hooks, routeDeps), { prefix: '/v1' })
  void app.register(
    async (v1) => {
      v1.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      })
      for (const routes of V1_ROUTES) routes(v1, routeDeps)
    },
    { prefix: '/v1' },
  )
  return app
}

function withRouteDeps(
  deps: ApiDeps,
  callers: Pick<RouteDeps, 'gate' | 'people' | 'standing' | 'authenticator'>,
): Omit<RouteDeps, 'cookies' | 'signInLinks' | 'sessions'> {
  const { gate, people } = callers
  const namesOf = createNamesOf(people)
  return {
    ...deps,
    ...callers,
    namesOf,
    gateway: createCaseGateway({
      ...deps,
      namesOf,
      holdConfirmation: createHoldConfirmation({ ...deps, gate, people }),
    }),
    reportSighting: createReportSighting({ ...deps, gate, people }),
    reopenCase: createReopenCase(deps),
    sweeps: createSweeps(deps),
  }
}
