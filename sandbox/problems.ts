import type { FastifyReply } from 'fastify'
import { PROBLEM_STATUS, type ProblemCode, type WireProblem } from '../marketplaces/contract.js'

const TITLES: Record<ProblemCode, string> = {
  invalidRequest: 'The request is not valid',
  unauthenticated: 'The access token is missing or wrong',
  forbidden: 'The access token does not allow this',
  listingNotFound: 'There never was such a listing',
  takedownNotFound: 'There is no takedown under this key',
  keyReused: 'The key was used for another request',
  notRestorable: 'There is nothing to restore',
  listingGone: 'The listing is no longer available',
  refused: 'The takedown was refused',
  rateLimited: 'Too many requests',
  internalError: 'Something went wrong here',
  unavailable: 'Not available at the moment',
}

/** What goes beside the code. */
export interface ProblemMore {
  detail?: string
  refusalCode?: string
}

/** An error body by RFC 9457. */
export function problem(code: ProblemCode, more: ProblemMore = {}): WireProblem {
  return { type: 'about:blank', title: TITLES[code], status: PROBLEM_STATUS[code], code, ...more }
}

/** Answers with that error. */
export async function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  more?: ProblemMore,
): Promise<FastifyReply> {
  const body = problem(code, more)
  return reply.code(body.status).type('application/problem+json').send(JSON.stringify(body))
}
