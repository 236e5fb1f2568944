import { Type } from 'typebox'
import { type AnswerForm, AnswerFormSchema, readFields } from '../answer/form.js'
import { outdatedPage, unknownPage } from '../answer/result-pages.js'
import { createShowing } from '../answer/showing.js'
import { sendPage } from '../answer/send-page.js'
import { createSubmit } from '../answer/submitting.js'
import { createSubmitList } from '../answer/list-submitting.js'
import { listPage } from '../answer/list-page.js'
import { createNeighbours } from '../answer/neighbours.js'
import { createVisits, isOfSomebodyElse } from '../answer/visit.js'
import { Word } from '../../contract/common.js'
import { takeBodies } from '../http/bodies.js'
import type { RouteDeps } from '../deps.js'
import type { App } from './route.js'

/** A box for each case of a mail. */
const FORM_BODY_LIMIT = 128 * 1024

const Params = Type.Object({ token: Type.String() })
const ListViewSchema = Type.Object({
  seller: Type.Optional(
    Type.String({
      maxLength: 300,
      description: 'Of several cases only those of this seller, all selected.',
      examples: ['taobao S-9917'],
    }),
  ),
  select: Type.Optional(Word(['all'], 'All cases are selected.')),
})
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

/** The pages behind the links in our mails. Looking decides nothing: mail scanners look, too. */
export function answerRoutes(app: App, deps: RouteDeps): void {
  const visits = createVisits(deps, (details, message) => app.log.error(details, message))
  const neighbours = createNeighbours(deps)
  const showing = createShowing(visits, neighbours, deps.now)
  const submit = createSubmit(deps, showing, neighbours)
  const submitList = createSubmitList(deps, neighbours)

  takeBodies(app, 'application/x-www-form-urlencoded', FORM_BODY_LIMIT, readFields)
  app.removeContentTypeParser('application/json')

  app.get(
    '/answer/:token',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'showAnswerPage',
        summary: 'Show the case or cases a mail asks about',
        description: 'Decides nothing.',
        tags: ['Answer page'],
        params: Params,
        querystring: ListViewSchema,
        response: shown,
      },
    },
    async (request, reply) => {
      const page = await visits.guarded(request.params.token, {
        one: async (visit) => {
          const shown = await visits.readCase(visit)
          return shown ? showing.pageFor(shown, visit) : unknownPage(visit.reader.locale)
        },
        list: async ({ claims, reader }) => {
          const cases = await neighbours.read(claims)
          if (!cases) return unknownPage(reader.locale)
          const addressOf = (caseId: string) => neighbours.addressOf(claims, caseId)
          return { status: 200, html: listPage(cases, reader, request.query, addressOf) }
        },
      })
      return sendPage(reply, page)
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
        querystring: ListViewSchema,
        body: {
          content: { 'application/x-www-form-urlencoded': { schema: AnswerFormSchema } },
        },
        response: answered,
      },
      // A form that does not fit is answered with a page like everything else here.
      attachValidation: true,
    },
    async (request, reply) => {
      const { validationError, body } = request
      const page = await visits.guarded(request.params.token, {
        one: async (visit) => {
          if (validationError) return unknownPage(visit.reader.locale)
          const fields = body as AnswerForm
          const known = await visits.known(visit)
          if (isOfSomebodyElse(known, visit)) return outdatedPage(visit.reader.locale)
          return submit(visit, fields, known)
        },
        list: async (visit) =>
          validationError
            ? unknownPage(visit.reader.locale)
            : submitList(visit, body as AnswerForm),
      })
      return sendPage(reply, page)
    },
  )
}
