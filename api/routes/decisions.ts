import { countedDeciding } from '../cases/counted-deciding.js'
import type { RouteDeps } from '../deps.js'
import { decideCaseRoute } from './decisions/decide-case.js'
import { decideCasesRoute } from './decisions/decide-cases.js'
import { getDecisionRoute } from './decisions/get-decision.js'
import type { App } from './route.js'

/** Answering cases. */
export function decisionRoutes(app: App, deps: RouteDeps): void {
  const decide = countedDeciding(deps)
  decideCaseRoute(app, decide)
  getDecisionRoute(app, deps)
  decideCasesRoute(app, deps, decide)
}
