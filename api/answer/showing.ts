import { isDecidable } from '../../domain/case/deciding.js'
import { isFormer } from '../../domain/case/refusing.js'
import { snapshotOf } from '../../domain/case/shown.js'
import { problemOf } from '../errors.js'
import { actsOf } from './acts.js'
import type { PageCase } from './case-facts.js'
import { type AnswerForm, filledFrom } from './form.js'
import { answerForm, standingPage, undoForm } from './page.js'
import { winnerIn } from '../cases/naming-winner.js'
import type { Neighbours } from './neighbours.js'
import type { FormError } from './reader.js'
import {
  closedPage,
  decidedPage,
  outdatedPage,
  type Page,
  spentPage,
  supersededPage,
  unknownPage,
} from './result-pages.js'
import { spentOn } from './spending.js'
import type { Visit, Visits } from './visit.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** Which page a visitor sees of a case as it is now. */
export interface Showing {
  /** The case with what can be done about it, or that nothing can any more. */
  pageFor(shown: PageCase, visit: Visit): Page
  /** 422: the form as it was filled in, with what it lacks; what is so now, if nothing is asked. */
  formAgain(visit: Visit, fields: AnswerForm, errors: readonly FormError[]): Promise<Page>
  /** What follows for the visitor from a refusal; throws what is none. */
  refusedPage(error: unknown, visit: Visit, fields: AnswerForm): Promise<Page>
}

export function createShowing(
  { readCase }: Pick<Visits, 'readCase'>,
  neighbours: Pick<Neighbours, 'after'>,
  now: () => number,
): Showing {
  const pageFor: Showing['pageFor'] = (shown, { reader, caller, claims }) => {
    const { state } = shown
    const { locale } = reader
    if (isFormer(state, caller)) return outdatedPage(locale)
    const acts = actsOf(shown, caller, now())
    if (state.phase === 'closed') return closedPage(shown, reader, acts)
    if (shown.supersededBy) return { ...supersededPage(locale), status: 200 }
    if (state.phase === 'coolingOff') {
      return { status: 200, html: undoForm(shown, reader) }
    }
    const spent = spentOn(state, claims.jti)
    if (spent && acts.length === 0) return { ...spentPage(state, spent, locale), status: 200 }
    if (spent) return { status: 200, html: standingPage(shown, reader, acts) }
    if (isDecidable(state)) return { status: 200, html: answerForm(shown, reader, acts) }
    if (state.decision && acts.length === 0) return { ...decidedPage(shown, reader), status: 200 }
    return { status: 200, html: standingPage(shown, reader, acts) }
  }

  const formAgain: Showing['formAgain'] = async (visit, fields, errors) => {
    const shown = await readCase(visit)
    if (!shown) return unknownPage(visit.reader.locale)
    const acts = actsOf(shown, visit.caller, now())
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
    const errors = [
      { field: null, text: answerWordsFor(visit.reader.locale).errors.listingChanged },
    ]
    const acts = actsOf(shown, visit.caller, now())
    const again = answerForm({ ...shown, before }, visit.reader, acts, filled, errors)
    return { status: 409, html: again }
  }

  return {
    pageFor,
    formAgain,
    async refusedPage(error, visit, fields) {
      const { locale } = visit.reader
      const problem = problemOf(error)
      switch (problem.code) {
        case 'not-found':
          return unknownPage(locale)
        case 'already-decided':
        case 'already-reopened':
        case 'case-closed': {
          const shown = await readCase(visit)
          if (!shown) return unknownPage(locale)
          const first = { winner: winnerIn(error), onward: await neighbours.after(visit.claims) }
          return shown.state.phase === 'closed'
            ? closedPage(shown, visit.reader, actsOf(shown, visit.caller, now()), first)
            : decidedPage(shown, visit.reader, first)
        }
        case 'case-superseded':
          return supersededPage(locale)
        case 'listing-changed':
          return askedAnew(visit, fields)
        case 'invalid-message':
        case 'not-allowed-for-role':
        case 'not-allowed-now': {
          const { errors } = answerWordsFor(locale)
          const needsProof = visit.reader.role !== 'brandMember' && !fields.proof?.trim()
          const isRole = problem.code === 'not-allowed-for-role'
          return formAgain(visit, fields, [
            isRole && needsProof
              ? { field: 'proof', text: errors.proofMissing }
              : { field: null, text: errors.notTaken },
          ])
        }
        default:
          throw error
      }
    },
  }
}

/** True while the visitor can still answer the case. */
function isAskedOf({ state }: PageCase, { caller, claims }: Visit): boolean {
  return isDecidable(state) && !isFormer(state, caller) && spentOn(state, claims.jti) === null
}
