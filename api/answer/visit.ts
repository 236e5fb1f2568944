import type { Caller } from '../../domain/case/message/caller.js'
import { isFormer } from '../../domain/case/refusing.js'
import { shownBefore } from '../../domain/case/shown.js'
import type { Locale } from '../../wording/vocabulary.js'
import { type AnswerClaims, type ListClaims, readAnswerToken } from '../../platform/answer-token.js'
import type { CaseRow } from '../../store/store.js'
import type { RouteDeps } from '../deps.js'
import { problemOf } from '../errors.js'
import { readerOf } from '../present/reader.js'
import { DatabaseUnavailable } from '../outage.js'
import { sellerHistoryOf } from '../cases/seller-history.js'
import { supersededBy } from '../cases/superseded-by.js'
import { createFindAddressee } from './addressee.js'
import { callerByLink } from './caller-by-link.js'
import type { PageCase } from './case-facts.js'
import { messagePage } from './page.js'
import type { PageReader } from './reader.js'
import { outdatedPage, type Page, unknownPage, unreadablePage } from './result-pages.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** A genuine link: whom it was sent to and the case it answers. */
export interface Visit {
  claims: AnswerClaims
  reader: PageReader
  caller: Caller
}

/** A genuine link to all cases of a mail. */
export interface ListVisit {
  claims: ListClaims
  reader: PageReader
}

/** The visits of the pages behind our links. */
export interface Visits {
  /** Reads the link, then shows what of `show` is for it; every failure is a page, too. */
  guarded(
    token: string,
    show: {
      one: (visit: Visit) => Promise<Page>
      list: (visit: ListVisit) => Promise<Page>
    },
  ): Promise<Page>
  /** The case of the link as the page shows it; `null` when there is none. */
  readCase(visit: Visit): Promise<PageCase | null>
  /** The case of the link, as far as it is known; `null` while the record is away, too. */
  known(visit: Visit): Promise<PageCase | null>
}

export function createVisits(
  deps: RouteDeps,
  logError: (details: object, message: string) => void,
): Visits {
  const { store, config, now, marketplaces, gate, people, namesOf } = deps
  const findAddressee = createFindAddressee(people)

  const readCase: Visits['readCase'] = async ({ caller, claims }) => {
    const row = await store.cases.get(caller, claims.caseId)
    if (!row) return null
    const { state, marketplace, reopenedBy } = row
    const isForStaff = caller.role !== 'brandMember' && state.phase === 'closed'
    return {
      state,
      marketplaceName: marketplaces.find(({ id }) => id === marketplace)?.name ?? marketplace,
      sellerHistory: await sellerHistoryOf(store, caller, row, now()),
      before: shownBefore(state),
      reopenedBy,
      lateAnswers: isForStaff ? await store.lateAnswers.list(caller, claims.caseId) : [],
      supersededBy: await supersededBy(store, row),
      decidedBy: await nameOfDecider(row, caller),
    }
  }

  async function nameOfDecider({ state }: CaseRow, { role }: Caller): Promise<string | null> {
    if (!state.decision) return null
    const { by } = state.decision
    return (await namesOf(readerOf(role), [by])).get(by.id)?.name ?? null
  }

  return {
    readCase,
    async known(visit) {
      try {
        return await gate.attempt(() => readCase(visit))
      } catch (error) {
        if (error instanceof DatabaseUnavailable) return null
        throw error
      }
    },
    async guarded(token, show) {
      const reading = readAnswerToken(token, config.secrets.answerToken, now())
      if (!reading.ok) return unreadablePage(reading.reason)
      const { claims } = reading
      let locale: Locale = 'en'
      try {
        const reader = await findAddressee(claims)
        if (!reader) return outdatedPage('en')
        locale = reader.locale
        if (!('caseId' in claims)) return await show.list({ claims, reader })
        const caller = callerByLink(claims, claims.caseId)
        return caller ? await show.one({ claims, reader, caller }) : unknownPage(locale)
      } catch (error) {
        const { status, cause } = problemOf(error)
        const { results, errors } = answerWordsFor(locale)
        if (status < 500) {
          return { status, html: messagePage(locale, results.refused, errors.notTaken) }
        }
        logError({ err: cause ?? error }, 'the answer page failed')
        return { status, html: messagePage(locale, results.unavailable, results.unavailableText) }
      }
    },
  }
}

/** True for a case that somebody else looks after by now. */
export function isOfSomebodyElse(shown: PageCase | null, { caller }: Visit): boolean {
  return shown !== null && isFormer(shown.state, caller)
}
