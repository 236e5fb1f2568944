import { isDecidable } from '../../domain/case/deciding.js'
import { isFormer } from '../../domain/case/refusing.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { SEVERITIES } from '../../domain/vocabulary.js'
import {
  type AnswerClaims,
  answerJti,
  issueAnswerToken,
  type ListClaims,
} from '../../platform/answer-token.js'
import type { CaseRow } from '../../store/store.js'
import type { RouteDeps } from '../deps.js'
import { DatabaseUnavailable } from '../outage.js'
import { callerByLink } from './caller-by-link.js'
import { spentOn } from './spending.js'

/** The cases of a mail, for whom it was sent to. */
export interface CasesOfMail {
  caseIds: readonly string[]
  /** Those that wait for their answer, the most urgent first. */
  waiting: CaseRow[]
  /** Those that were theirs to answer, and that somebody else has answered, or that have closed. */
  taken: CaseRow[]
  /** How many more it was about. */
  others: number
}

/** From one link of a mail to the others: the same that stand, or could stand, in the mail. */
export interface Neighbours {
  read(claims: ListClaims): Promise<CasesOfMail | null>
  /** The address of the page of one case, and of the page of all. */
  addressOf(claims: AnswerClaims | ListClaims, caseId: string): string
  addressOfAll(claims: Pick<ListClaims, Exclude<keyof ListClaims, 'jti'>>): string
  /** Where to go on from a case: the next that waits, and how many do. `null` where it stood alone. */
  after(claims: AnswerClaims): Promise<Onward | null>
}

/** Where to go on. */
export interface Onward {
  waiting: number
  next: string | null
  all: string
}

export function createNeighbours({
  store,
  config,
  gate,
}: Pick<RouteDeps, 'store' | 'config' | 'gate'>): Neighbours {
  const [secret] = config.secrets.answerToken

  function issue(claims: AnswerClaims | ListClaims): string {
    if (secret === undefined) throw new Error('no secret signs links; set ANSWER_TOKEN_SECRET')
    return `/answer/${issueAnswerToken(claims, secret)}`
  }

  const read: Neighbours['read'] = async (claims) => {
    const mail = await store.mails.find(claims.mailId)
    if (!mail || mail.contactId !== claims.contactId) return null
    const { caseIds } = mail
    const brandIds = [...new Set(caseIds.flatMap((caseId) => parseCaseId(caseId)?.brandId ?? []))]
    const rows = await store.cases.getMany({ brandIds, marketplaces: '*' }, caseIds)
    const unanswered = rows.filter(({ caseId, state }) => {
      const caller = callerByLink(claims, caseId)
      const isTheirs = caller !== null && !isFormer(state, caller)
      return isTheirs && spentOn(state, answerJti(claims.mailId, caseId)) === null
    })
    const waiting = unanswered.filter(({ state }) => isDecidable(state)).toSorted(byUrgency)
    return {
      caseIds,
      waiting,
      taken: unanswered.filter(({ state }) => !isDecidable(state)),
      others: caseIds.length - waiting.length,
    }
  }

  const addressOf: Neighbours['addressOf'] = (claims, caseId) => {
    const { mailId } = claims
    const jti = mailId === undefined ? claims.jti : answerJti(mailId, caseId)
    return issue({ ...claims, caseId, jti })
  }

  const addressOfAll: Neighbours['addressOfAll'] = ({
    mailId,
    contactId,
    role,
    address,
    verdicts,
    expiresAtMs,
  }) => issue({ mailId, contactId, role, address, verdicts, expiresAtMs, jti: answerJti(mailId) })

  return {
    read,
    addressOf,
    addressOfAll,
    async after(claims) {
      const { mailId, caseId: current } = claims
      if (mailId === undefined) return null
      try {
        const cases = await gate.attempt(() => read({ ...claims, mailId }))
        if (!cases || cases.waiting.length + cases.others < 2) return null
        const left = cases.waiting.filter(({ caseId }) => caseId !== current)
        const [next] = left
        return {
          waiting: left.length,
          next: next ? addressOf(claims, next.caseId) : null,
          all: addressOfAll({ ...claims, mailId }),
        }
      } catch (error) {
        if (error instanceof DatabaseUnavailable) return null
        throw error
      }
    },
  }
}

function byUrgency(a: CaseRow, b: CaseRow): number {
  const rank = ({ severity, dueAt, caseId }: CaseRow) =>
    `${SEVERITIES.indexOf(severity)} ${dueAt?.toISOString() ?? '~'} ${caseId}`
  return rank(a) < rank(b) ? -1 : 1
}
