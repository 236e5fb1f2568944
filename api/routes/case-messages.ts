import type { Static, TSchema } from 'typebox'
import { noteAudiencesOf } from '../../domain/case/notes.js'
import type { MessageName } from '../../domain/vocabulary.js'
import { checkAssignee } from '../cases/assignee.js'
import { type ApiCaller, senderOf } from '../callers/caller.js'
import type { Unaddressed } from '../cases/gateway.js'
import type { RouteDeps } from '../deps.js'
import type { ProblemCode } from '../../contract/problems.js'
import { scopeOf } from '../callers/scopes.js'
import { CaseParams, IdempotencyHeaders } from '../../contract/common.js'
import { instant } from '../http/instant.js'
import {
  AppliedSchema,
  CloseSchema,
  ExtendSchema,
  NewNoteSchema,
  ReasonSchema,
  ReassignSchema,
  RetryTakedownSchema,
  ReturnToBrandSchema,
  UndecideSchema,
} from '../../contract/decision.js'
import { type App, callerOf, idempotencyKeyOf } from './route.js'

type Sendable = Exclude<MessageName, 'decide'>

interface MessageRoute<N extends Sendable, B extends TSchema> {
  name: N
  path: string
  summary: string
  body: B
  /** Beyond those of every message. */
  problems?: readonly ProblemCode[]
  /** The message; throws when the body cannot be meant. */
  message: (body: Static<B>, caller: ApiCaller) => Unaddressed<N> | Promise<Unaddressed<N>>
}

/** What else can be asked of an open case: one route per message. */
export function caseMessageRoutes(app: App, deps: RouteDeps): void {
  const { gateway } = deps

  const add = <N extends Sendable, B extends TSchema>(route: MessageRoute<N, B>) => {
    const { problems = [] } = route
    app.post(
      `/cases/:caseId/${route.path}`,
      {
        config: {
          scope: scopeOf(route.name),
          problems: [
            'not-found',
            'not-allowed-for-role',
            'still-opening',
            'case-closed',
            'other-content',
            'invalid-message',
            'not-allowed-now',
            'no-answer-in-time',
            'case-interrupted',
            'case-superseded',
            ...problems,
          ],
        },
        schema: {
          operationId: route.name,
          summary: route.summary,
          description: 'With an Idempotency-Key the request can safely be sent again.',
          tags: ['Managing cases'],
          params: CaseParams,
          headers: IdempotencyHeaders,
          body: route.body,
          response: { 200: AppliedSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const message = await route.message(request.body as Static<B>, caller)
        return gateway.send(route.name, senderOf(caller), request.params.caseId, message, {
          idempotencyKey: idempotencyKeyOf(request),
        })
      },
    )
  }

  add({
    name: 'undecide',
    path: 'undecide',
    summary: 'Stop a takedown in its cooling-off, or while it is tried',
    body: UndecideSchema,
    message: (body) => body,
  })
  add({
    name: 'extendDeadline',
    path: 'extend',
    summary: 'Move the running deadline',
    body: ExtendSchema,
    message: (body) => ({ ...body, until: instant(body.until, 'until').toISOString() }),
  })
  add({
    name: 'reassign',
    path: 'reassign',
    summary: 'Give the case to another account manager or lead',
    body: ReassignSchema,
    problems: ['invalid-value'],
    message: async (body) => {
      await checkAssignee(deps, body)
      return body
    },
  })
  add({
    name: 'returnToBrand',
    path: 'return-to-brand',
    summary: 'Ask the brand again, with a new window',
    body: ReturnToBrandSchema,
    message: (body) => body,
  })
  add({
    name: 'retryTakedown',
    path: 'retry-takedown',
    summary: 'Try the takedown again',
    body: RetryTakedownSchema,
    message: (body) => body,
  })
  add({
    name: 'closeManually',
    path: 'close',
    summary: 'Close the case with a reason',
    body: CloseSchema,
    message: (body) => body,
  })
  add({
    name: 'withdraw',
    path: 'withdraw',
    summary: 'Take the suspicion back',
    body: ReasonSchema,
    message: (body) => body,
  })
  add({
    name: 'addNote',
    path: 'notes',
    summary: 'Add a note',
    body: NewNoteSchema,
    message: ({ text, audience }, caller) => {
      const [usual = 'brand'] = noteAudiencesOf(caller.role)
      return { text, audience: audience ?? usual }
    },
  })
}
