import type { ApplicationFailure } from '@temporalio/common'
import type { Refusal } from '../../domain/case/message/reply.js'
import { winnerOf } from '../../domain/case/refusing.js'
import { REFUSAL_CODES, type RefusalCode } from '../../domain/vocabulary.js'
import type { CaseRow } from '../../store/store.js'
import { ApiProblem, notFound } from '../errors.js'
import type { ProblemCode } from '../../contract/problems.js'
import { presentSnapshot } from '../present/case.js'

const CODE_OF_REFUSAL: Record<RefusalCode, ProblemCode> = {
  Foreign: 'not-found',
  StaleCase: 'case-closed',
  StillOpening: 'still-opening',
  AlreadyDecided: 'already-decided',
  OtherContent: 'other-content',
  CaseClosed: 'case-closed',
  NotAllowedNow: 'not-allowed-now',
  NotAllowedForRole: 'not-allowed-for-role',
  InvalidMessage: 'invalid-message',
  ListingChanged: 'listing-changed',
}

/** What the case's rules said against a message, as the API says it; any other failure as it is. */
export function problemOf(failure: ApplicationFailure): Error {
  const code = REFUSAL_CODES.find((known) => known === failure.type)
  if (!code) return failure
  const details = failure.details?.[0] as Refusal['details']
  return problemFrom({ code, message: failure.message, details })
}

/** A refusal as the API says it. A foreign case is one that does not exist. */
export function problemFrom({ code, message, details }: Refusal): ApiProblem {
  if (code === 'Foreign') return notFound('case')
  const retry = code === 'StillOpening' ? { retryAfterS: 1 } : {}
  const { shown, decidedOn, ...plain } = details
  const extensions = {
    ...plain,
    ...(shown ? { shown: presentSnapshot(shown) } : {}),
    ...(decidedOn ? { decidedOn: presentSnapshot(decidedOn) } : {}),
  }
  return new ApiProblem(CODE_OF_REFUSAL[code], `${message}.`, { extensions, ...retry })
}

/** 410 `case-closed` with the outcome, and who decided. */
export function caseClosed({ outcome, state }: Pick<CaseRow, 'outcome' | 'state'>): ApiProblem {
  return new ApiProblem('case-closed', `The case is closed: ${outcome ?? 'no outcome'}.`, {
    extensions: {
      phase: 'closed',
      ...(outcome ? { outcome } : {}),
      ...(state.decision ? { winner: winnerOf(state.decision) } : {}),
    },
  })
}

/** 503 `no-answer-in-time`: what to do when it is unknown whether a message was applied. */
export function unconfirmed(cause: unknown): ApiProblem {
  return new ApiProblem(
    'no-answer-in-time',
    'It may still be applied. Send it again with the same Idempotency-Key, or read the case.',
    { cause },
  )
}

/** 503 `case-interrupted`: a case that is open by its record has no process at present. */
export function interrupted(): ApiProblem {
  return new ApiProblem(
    'case-interrupted',
    'Its process is not running although the record says it is open; it is repaired by itself.',
    { retryAfterS: 60 },
  )
}

/** 409 `case-superseded`: another case of the listing is running, so that this one waits. */
export function superseded(openCaseId: string): ApiProblem {
  return new ApiProblem(
    'case-superseded',
    `Case ${openCaseId} of the same listing is running; this one waits and goes on when that has ended. Staff can close it.`,
    { extensions: { openCaseId } },
  )
}
