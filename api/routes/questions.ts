import { randomUUID } from 'node:crypto'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import { parseCaseId } from '../../domain/case/identity.js'
import {
  brandOfQuestion,
  NO_MARKETPLACE,
  QUESTION_KIND,
  questionIdOf,
} from '../../domain/question/question.js'
import type { AnswerMessage } from '../../domain/question/answering.js'
import { actorOf } from '../../domain/case/message/caller.js'
import { DEFAULT_LIMIT, IdempotencyHeaders, PageOf } from '../../contract/common.js'
import {
  AnswerAppliedSchema,
  AskedQuestionSchema,
  NewAnswerSchema,
  NewQuestionSchema,
  QuestionListQuerySchema,
  QuestionParams,
  QuestionSchema,
} from '../../contract/question.js'
import { base32Sha256 } from '../../platform/digest.js'
import type { QuestionRow } from '../../store/store.js'
import {
  answerQuestion,
  answerQuestionAsync,
  questionStart,
} from '../../workflows/question/start.js'
import { type ApiCaller, senderOf } from '../callers/caller.js'
import { covers } from '../callers/reach.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found, notFound } from '../errors.js'
import { presentQuestion } from '../present/question.js'
import { readerOf } from '../present/reader.js'
import { CALL_TIMEOUT_MS, createProcessGateway } from '../process-gateway.js'
import { type App, callerOf, idempotencyKeyOf } from './route.js'

const ID_LENGTH = 20

/** Questions of brands to their account managers. */
export function questionRoutes(app: App, deps: RouteDeps): void {
  const { store, temporal, namesOf, standing } = deps
  const { questions } = store
  const gateway = createProcessGateway<QuestionRow>({
    ...{ temporal, names: QUESTION_KIND, records: questions },
    isEnded: ({ state }) => QUESTION_KIND.isEnded(state),
  })

  app.post(
    '/questions',
    {
      config: {
        scope: 'questions:ask',
        problems: ['not-found', 'invalid-value', 'brand-inactive'],
      },
      schema: {
        operationId: 'askQuestion',
        summary: 'Ask the account manager',
        description:
          'About a case or in general. The account manager, or who covers, has one working day; then ' +
          'it is the lead’s. With an Idempotency-Key the request can safely be sent again.',
        tags: ['Questions'],
        headers: IdempotencyHeaders,
        body: NewQuestionSchema,
        response: { 202: AskedQuestionSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { text, caseId = null } = request.body
      const { brandId, marketplace } = await subjectOf(caller, request.body.brandId, caseId)
      await standing.checkActing(caller.role, [brandId])
      const key = idempotencyKeyOf(request) ?? randomUUID()
      const identity = canonicalJson([caller.id, brandId, key])
      const questionId = questionIdOf(brandId, base32Sha256(identity).slice(0, ID_LENGTH))
      if (!(await questions.get(caller, questionId))) {
        const by = actorOf(senderOf(caller))
        const start = questionStart({ questionId, brandId, marketplace, caseId, text, by })
        try {
          await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
            temporal.workflow.start(QUESTION_KIND.workflowType, start),
          )
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
        }
      }
      return reply.code(202).send({ questionId })
    },
  )

  app.get(
    '/questions',
    {
      config: { scope: 'questions:read' },
      schema: {
        operationId: 'listQuestions',
        summary: 'List questions, the latest first',
        tags: ['Questions'],
        querystring: QuestionListQuerySchema,
        response: { 200: PageOf(QuestionSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { limit = DEFAULT_LIMIT, after, open, phase, ...given } = request.query
      const standingIn = open === undefined ? undefined : open ? OPEN : CLOSED
      const phases = phase === undefined ? standingIn : [phase]
      const filter = { ...given, ...(phases ? { phases } : {}) }
      const page = { limit: limit + 1, ...(after === undefined ? {} : { after }) }
      const rows = await questions.list(caller, filter, page)
      const shown = rows.slice(0, limit)
      const names = await namesOf(readerOf(caller.role), shown.flatMap(actorsOf))
      return {
        items: shown.map((row) => presentQuestion(row, names)),
        next: rows.length > limit ? (shown.at(-1)?.questionId ?? null) : null,
      }
    },
  )

  app.get(
    '/questions/:questionId',
    {
      config: { scope: 'questions:read', problems: ['not-found'] },
      schema: {
        operationId: 'getQuestion',
        summary: 'Read a question and its answer',
        tags: ['Questions'],
        params: QuestionParams,
        response: { 200: QuestionSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const row = await found('question', questions.get(caller, request.params.questionId))
      return presentQuestion(row, await namesOf(readerOf(caller.role), actorsOf(row)))
    },
  )

  app.post(
    '/questions/:questionId/answer',
    {
      config: {
        scope: 'questions:answer',
        problems: ['not-found', 'not-allowed-now', 'invalid-message', 'case-interrupted'],
      },
      schema: {
        operationId: 'answerQuestion',
        summary: 'Answer a question',
        description:
          'With an Idempotency-Key the request can safely be sent again. The first answer counts.',
        tags: ['Questions'],
        params: QuestionParams,
        headers: IdempotencyHeaders,
        body: NewAnswerSchema,
        response: { 200: AnswerAppliedSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { questionId } = request.params
      const brandId = brandOfQuestion(questionId)
      if (brandId === null || !covers(caller.brandIds, brandId)) throw notFound('question')
      const row = await found('question', questions.get(caller, questionId))
      const message = { questionId, caller: senderOf(caller), text: request.body.text }
      const updateId = `answer-${idempotencyKeyOf(request) ?? randomUUID()}`
      const sent = await gateway.send(
        { id: questionId, workflowId: row.workflowId },
        answerQuestion,
        message,
        { updateId, timeoutMs: CALL_TIMEOUT_MS, fallback: answerQuestionAsync },
      )
      if (sent.kind === 'answered') return { questionId, applied: true }
      if (sent.kind === 'kept') return { questionId, applied: false }
      if (sent.kind === 'refused') throw refused(sent.failure.type ?? '', sent.failure.message)
      return late(caller, message)
    },
  )

  /** Whose question it is, and where its case is; throws `not-found` for what is not the caller's. */
  async function subjectOf(
    caller: ApiCaller,
    asked: string | undefined,
    caseId: string | null,
  ): Promise<{ brandId: string; marketplace: string }> {
    if (caseId !== null) {
      const parsed = parseCaseId(caseId)
      const isTheirs = parsed && (asked === undefined || asked === parsed.brandId)
      if (!isTheirs || !(await store.cases.get(caller, caseId))) throw notFound('case')
      return { brandId: parsed.brandId, marketplace: parsed.marketplace }
    }
    const only = caller.brandIds === '*' || caller.brandIds.length !== 1 ? null : caller.brandIds[0]
    const brandId = asked ?? only ?? null
    if (brandId === null) throw new ApiProblem('invalid-value', 'Name the brand ("brandId").')
    if (!covers(caller.brandIds, brandId)) throw notFound('brand')
    return { brandId, marketplace: NO_MARKETPLACE }
  }

  /** It has an answer: the same one sent again is fine. */
  async function late(caller: ApiCaller, { questionId, text }: AnswerMessage) {
    const now = await gateway.standing(caller, questionId)
    if (now?.kind === 'ended') {
      const { answer } = now.row.state
      if (answer?.text === text && answer.by.id === caller.id) return { questionId, applied: true }
      throw new ApiProblem('not-allowed-now', 'The question has an answer already.')
    }
    throw new ApiProblem(
      'case-interrupted',
      'The process of this question is not running; it is started again within minutes. Try again.',
    )
  }
}

const OPEN = ['awaitingAccountManager', 'awaitingLead'] as const
const CLOSED = ['answered'] as const

function actorsOf({ state: { askedBy, answer } }: QuestionRow) {
  return [askedBy, answer?.by].filter((one) => one != null)
}

function refused(type: string, message: string): ApiProblem {
  if (type === 'Foreign') return notFound('question')
  const code =
    type === 'NotAllowedNow' || type === 'StillOpening' ? 'not-allowed-now' : 'invalid-message'
  return new ApiProblem(code, message)
}
