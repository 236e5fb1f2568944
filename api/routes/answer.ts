import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Caller } from '../../domain/case-messages.js'
import { isDecidable } from '../../domain/deciding.js'
import { isFormer } from '../../domain/refusing.js'
import { parseCaseId } from '../../domain/identity.js'
import { shownBefore, snapshotOf } from '../../domain/shown.js'
import { type Locale, wordsFor } from '../../domain/words/index.js'
import { type AnswerClaims, readAnswerToken } from '../../platform/answer-token.js'
import { base32Sha256 } from '../../platform/digest.js'
import { actsOf, readAct } from '../answer/acts.js'
import { createFindAddressee } from '../answer/addressee.js'
import type { PageCase } from '../answer/case-facts.js'
import {
  type AnswerForm,
  AnswerFormSchema,
  filledFrom,
  readAnswer,
  readFields,
} from '../answer/form.js'
import { answerForm, messagePage, type PageReader, standingPage, stopForm } from '../answer/page.js'
import {
  closedPage,
  decidedPage,
  outdatedPage,
  type Page,
  unknownPage,
  unreadablePage,
} from '../answer/result-pages.js'
import { CONTENT_SECURITY_POLICY } from '../answer/style.js'
import { answerWordsFor } from '../answer/words/index.js'
import { takeBodies } from '../bodies.js'
import type { RouteDeps } from '../deps.js'
import { problemOf } from '../errors.js'
import { DatabaseUnavailable } from '../outage.js'
import { sellerHistoryOf } from '../seller-history.js'
import { decideMessage } from './decisions.js'
import type { App } from './route.js'

const FORM_BODY_LIMIT = 64 * 1024

/** A genuine link: whom it was sent to and the case it answers. */
interface Visit {
  claims: AnswerClaims
  reader: PageReader
  caller: Caller
}

const Params = Type.Object({ token: Type.String() })
function page(description: string) {
  return { description, content: { 'text/html': { schema: Type.String() } } }
}
const shown = {
  200: page('The case with its form, or that it has been decided'),
  404: page('The link leads nowhere'),
  410: page('The case has closed, or the link has expired or is no longer this person’s'),
}
const answered = {
  ...shown,
  200: page('The answer is recorded'),
  202: page('The answer is kept and will be applied'),
  409: page('Somebody decided first, or the listing has changed: the form again'),
  422: page('The form again, with what it lacks'),
}

/** The page behind the links in our mails. Looking decides nothing: mail scanners look, too. */
export function answerRoutes(app: App, deps: RouteDeps): void {
  const { store, gateway, config, now, marketplaces, gate, metrics } = deps
  const findAddressee = createFindAddressee(store.admin, gate, now)

  takeBodies(app, 'application/x-www-form-urlencoded', FORM_BODY_LIMIT, readFields)
  app.removeContentTypeParser('application/json')

  app.get(
    '/answer/:token',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'showAnswerPage',
        summary: 'Show the case a mail asks about',
        description: 'Decides nothing.',
        tags: ['Answer page'],
        params: Params,
        response: shown,
      },
    },
    async (request, reply) => {
      const page = await guarded(request.params.token, async (visit) => {
        const shown = await readCase(visit)
        return shown ? pageFor(shown, visit) : unknownPage(visit.reader.locale)
      })
      return send(reply, page)
    },
  )

  app.post(
    '/answer/:token',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'submitAnswerPage',
        summary: 'Answer by the page’s form',
        tags: ['Answer page'],
        params: Params,
        body: {
          content: { 'application/x-www-form-urlencoded': { schema: AnswerFormSchema } },
        },
        response: answered,
      },
      // A form that does not fit is answered with a page like everything else here.
      attachValidation: true,
    },
    async (request, reply) => {
      const page = await guarded(request.params.token, async (visit) => {
        if (request.validationError) return unknownPage(visit.reader.locale)
        if (await isFormersVisit(visit)) return outdatedPage(visit.reader.locale)
        const fields = request.body as AnswerForm
        const { action = 'decide' } = fields
        if (action === 'undecide') return stop(visit, fields)
        return action === 'decide' ? answer(visit, fields) : act(visit, fields)
      })
      return send(reply, page)
    },
  )

  /** Reads the link, then shows what `show` makes of it; every failure is a page, too. */
  async function guarded(token: string, show: (visit: Visit) => Promise<Page>): Promise<Page> {
    const reading = readAnswerToken(token, config.secrets.answerToken, now())
    if (!reading.ok) return unreadablePage(reading.reason)
    const { claims } = reading
    const address = parseCaseId(claims.caseId)
    if (!address) return unknownPage('en')
    let locale: Locale = 'en'
    try {
      const reader = await findAddressee(claims)
      if (!reader) return outdatedPage('en')
      locale = reader.locale
      const { role, contactId } = claims
      const tenant = { brandIds: [address.brandId], marketplaces: [address.marketplace] }
      return await show({
        claims,
        reader,
        caller: { role, id: contactId, via: 'mailLink', ...tenant },
      })
    } catch (error) {
      const { status, cause } = problemOf(error)
      const { results, errors } = answerWordsFor(locale)
      if (status < 500) {
        return { status, html: messagePage(locale, results.refused, errors.notTaken) }
      }
      app.log.error({ err: cause ?? error }, 'the answer page failed')
      return { status, html: messagePage(locale, results.unavailable, results.unavailableText) }
    }
  }

  const readCase = async ({ caller, claims }: Visit): Promise<PageCase | null> => {
    const row = await store.cases.get(caller, claims.caseId)
    if (!row) return null
    const { state, marketplace } = row
    return {
      state,
      marketplaceName: marketplaces.find(({ id }) => id === marketplace)?.name ?? marketplace,
      sellerHistory: await sellerHistoryOf(store, caller, row, now()),
      before: shownBefore(state),
    }
  }

  /** Whether the case is known to be looked after by somebody else; unknown while the record is away. */
  async function isFormersVisit(visit: Visit): Promise<boolean> {
    try {
      const shown = await gate.attempt(() => readCase(visit))
      return shown !== null && isFormer(shown.state, visit.caller)
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return false
      throw error
    }
  }

  function pageFor(shown: PageCase, { reader, caller }: Visit): Page {
    const { state } = shown
    const { locale } = reader
    if (isFormer(state, caller)) return outdatedPage(locale)
    if (state.phase === 'closed') return closedPage(shown, reader)
    if (state.phase === 'coolingOff') {
      return { status: 200, html: stopForm(shown, reader) }
    }
    const acts = actsOf(state, caller, now())
    if (isDecidable(state)) return { status: 200, html: answerForm(shown, reader, acts) }
    if (state.decision && acts.length === 0) return { ...decidedPage(state, locale), status: 200 }
    return { status: 200, html: standingPage(shown, reader, acts) }
  }

  async function answer(visit: Visit, fields: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const { locale } = reader
    const given = readAnswer(fields, reader)
    if (!given.ok) return formAgain(visit, fields, given.errors)
    const { decision } = given
    // The same form filled in alike is the same decision, however often the button is pressed; after
    // another answer, which may have been undone or handed back, the link shows another form.
    const { answersBefore = '0' } = fields
    const form = [claims.jti, answersBefore, decision]
    const id = base32Sha256(JSON.stringify(form)).slice(0, 26)
    const message = decideMessage(decision, caller, claims.caseId, `link-${id}`, false)
    const { results } = answerWordsFor(locale)
    const { label } = wordsFor(locale).verdicts[decision.verdict]
    try {
      const { kind } = await gateway.decide(message)
      metrics.decision(kind)
      return kind === 'applied'
        ? { status: 200, html: messagePage(locale, results.recorded, results.recordedText(label)) }
        : { status: 202, html: messagePage(locale, results.kept, results.keptText) }
    } catch (error) {
      metrics.decision('refused')
      return refusedPage(error, visit, fields)
    }
  }

  async function stop(visit: Visit, { decisionId = '' }: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const { stopped, stoppedText } = answerWordsFor(reader.locale).results
    const message = { decisionId, reason: 'stopped by the link in a mail' }
    const idempotencyKey = `${claims.jti}:${decisionId}`
    try {
      await gateway.send('undecide', caller, claims.caseId, message, { idempotencyKey })
      return { status: 200, html: messagePage(reader.locale, stopped, stoppedText) }
    } catch (error) {
      return refusedPage(error, visit, {})
    }
  }

  /** Returns the case, asks the marketplace again or closes it, as staff's form says. */
  async function act(visit: Visit, fields: AnswerForm): Promise<Page> {
    const { claims, reader, caller } = visit
    const read = readAct(fields, claims.jti, reader)
    if (!read.ok) return formAgain(visit, fields, [read.error])
    const { name, message } = read.send
    try {
      const { idempotencyKey } = read
      const { phase } = await gateway.send(name, caller, claims.caseId, message, { idempotencyKey })
      const { results } = answerWordsFor(reader.locale)
      const text = results.doneText(wordsFor(reader.locale).phases[phase])
      return { status: 200, html: messagePage(reader.locale, results.done, text) }
    } catch (error) {
      return refusedPage(error, visit, fields)
    }
  }

  async function formAgain(
    visit: Visit,
    fields: AnswerForm,
    errors: readonly string[],
  ): Promise<Page> {
    const shown = await readCase(visit)
    if (!shown) return unknownPage(visit.reader.locale)
    const acts = actsOf(shown.state, visit.caller, now())
    const isStanding = !isFormer(shown.state, visit.caller) && acts.length > 0
    if (!isAskedOf(shown, visit) && isStanding) {
      return { status: 422, html: standingPage(shown, visit.reader, acts, errors) }
    }
    if (!isAskedOf(shown, visit)) return pageFor(shown, visit)
    return { status: 422, html: answerForm(shown, visit.reader, acts, filledFrom(fields), errors) }
  }

  /** Both sides of what changed, and the question again: the answer was about what is no longer so. */
  async function askedAnew(visit: Visit, { shownHash = '', ...fields }: AnswerForm): Promise<Page> {
    const shown = await readCase(visit)
    if (!shown) return unknownPage(visit.reader.locale)
    if (!isAskedOf(shown, visit)) return pageFor(shown, visit)
    const { attestation: _givenOnWhatWas, verdict: _too, ...filled } = filledFrom(fields)
    const before = snapshotOf(shown.state, shownHash)?.listing ?? shown.before
    const errors = [answerWordsFor(visit.reader.locale).errors.listingChanged]
    const acts = actsOf(shown.state, visit.caller, now())
    const again = answerForm({ ...shown, before }, visit.reader, acts, filled, errors)
    return { status: 409, html: again }
  }

  async function refusedPage(error: unknown, visit: Visit, fields: AnswerForm): Promise<Page> {
    const { locale } = visit.reader
    const problem = problemOf(error)
    switch (problem.code) {
      case 'not-found':
        return unknownPage(locale)
      case 'already-decided':
      case 'case-closed': {
        const shown = await readCase(visit)
        if (!shown) return unknownPage(locale)
        const { state } = shown
        return state.phase === 'closed'
          ? closedPage(shown, visit.reader)
          : decidedPage(state, locale)
      }
      case 'listing-changed':
        return askedAnew(visit, fields)
      case 'invalid-message':
      case 'not-allowed-for-role':
      case 'not-allowed-now': {
        const { errors } = answerWordsFor(locale)
        const needsProof = visit.reader.role !== 'brandMember' && !fields.proof?.trim()
        const isRole = problem.code === 'not-allowed-for-role'
        return formAgain(visit, fields, [
          isRole && needsProof ? errors.proofMissing : errors.notTaken,
        ])
      }
      default:
        throw error
    }
  }
}

/** True while the visitor can still answer the case. */
function isAskedOf({ state }: PageCase, { caller }: Visit): boolean {
  return isDecidable(state) && !isFormer(state, caller)
}

function send(reply: FastifyReply, { status, html }: Page) {
  return reply
    .code(status)
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .serializer((page: string) => page)
    .send(html)
}
