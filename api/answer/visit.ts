import type { Caller } from '../../domain/case/message/caller.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { isFormer } from '../../domain/case/refusing.js'
import { shownBefore } from '../../domain/case/shown.js'
import type { Locale } from '../../wording/vocabulary.js'
import { type AnswerClaims, readAnswerToken } from '../../platform/answer-token.js'
import type { RouteDeps } from '../deps.js'
import { problemOf } from '../errors.js'
import { DatabaseUnavailable } from '../outage.js'
import { sellerHistoryOf } from '../cases/seller-history.js'
import { supersededBy } from '../cases/superseded-by.js'
import { createFindAddressee } from './addressee.js'
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

/** The visits of the page behind our links. */
export interface Visits {
  /** Reads the link, then shows what `show` makes of it; every failure is a page, too. */
  guarded(token: string, show: (visit: Visit) => Promise<Page>): Promise<Page>
  /** The case of the link as the page shows it; `null` when there is none. */
  readCase(visit: Visit): Promise<PageCase | null>
  /** Whether the case is known to be looked after by somebody else; unknown while the record is away. */
  isFormers(visit: Visit): Promise<boolean>
}

export function createVisits(
  deps: RouteDeps,
  logError: (details: object, message: string) => void,
): Visits {
  const { store, config, now, marketplaces, gate, people } = deps
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
    }
  }

  return {
    readCase,
    async isFormers(visit) {
      try {
        const shown = await gate.attempt(() => readCase(visit))
        return shown !== null && isFormer(shown.state, visit.caller)
      } catch (error) {
        if (error instanceof DatabaseUnavailable) return false
        throw error
      }
    },
    async guarded(token, show) {
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
        const caller: Caller = { role, id: contactId, via: 'mailLink', ...tenant }
        return await show({ claims, reader, caller })
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
