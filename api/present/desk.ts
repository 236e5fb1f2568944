import type { Desk, LeadDesk } from '../../contract/desk.js'
import { answeredInTime, isSilent } from '../../domain/brand/answering.js'
import { parseRecipient } from '../../domain/notice/recipients.js'
import type {
  AccountManager,
  Brand,
  DeskFigures,
  StuckGroup,
  TakedownQueue,
  Undelivered,
  Workload,
} from '../../store/store.js'
import { iso } from './iso.js'

const NO_FIGURES: DeskFigures = { openByPhase: {}, overdue: 0, decided: 0, missed: 0, reminded: 0 }

/** A brand on the desk of whoever looks after it. */
export function presentDeskBrand(
  { brandId, name, active, accountManagerId }: Brand,
  figures: DeskFigures = NO_FIGURES,
): Desk['brands'][number] {
  const { openByPhase, overdue, missed, reminded } = figures
  return {
    ...{ brandId, name, active, accountManagerId, openByPhase, overdue, missed, reminded },
    answeredInTime: answeredInTime(figures),
    silent: active && isSilent(figures),
  }
}

/** For whom somebody covers. */
export function presentCovered(covered: readonly AccountManager[]): Desk['coversFor'] {
  return covered.flatMap(({ accountManagerId, name, absence }) =>
    absence ? [{ accountManagerId, name, until: iso(absence.until) }] : [],
  )
}

/** Contacts of these brands whom mails do not reach; who is no contact any more is no matter. */
export function presentUnreachable(
  found: readonly Undelivered[],
  brands: ReadonlyMap<string, Brand>,
): Desk['unreachable'] {
  return found.flatMap<Desk['unreachable'][number]>(
    ({ brandId, contactId: recipient, detail, at, cases }) => {
      const brand = brands.get(brandId)
      const shown = { brandId, detail, at: iso(at), cases }
      if (brand && recipient === 'brand') return [{ ...shown, contactId: null, name: null }]
      const named = parseRecipient(recipient)
      if (named?.kind !== 'brand') return []
      const contact = brand?.contacts.find(({ contactId }) => contactId === named.contactId)
      return contact ? [{ ...shown, contactId: contact.contactId, name: contact.name }] : []
    },
  )
}

/** What each of these people has to do, most first, and what nobody looks after. */
export function presentWorkloads(
  people: readonly AccountManager[],
  workloads: ReadonlyMap<string | null, Workload>,
): LeadDesk['managers'] {
  const nothing: Workload = { openByPhase: {}, overdue: 0, missed: 0 }
  const known = people
    .filter(({ active, accountManagerId }) => active || workloads.has(accountManagerId))
    .map(({ accountManagerId, name, role, active, leadId }) => ({
      ...{ accountManagerId, name, role, active, leadId },
      ...(workloads.get(accountManagerId) ?? nothing),
    }))
  const nobodys = workloads.get(null)
  const unassigned = { accountManagerId: null, name: null, role: null, active: true, leadId: null }
  const all = nobodys ? [...known, { ...unassigned, ...nobodys }] : known
  return all.toSorted((a, b) => b.overdue - a.overdue || openOf(b) - openOf(a))
}

/** Cases with the same problem on the same marketplace. */
export function presentStuckGroup({
  since,
  cases,
  ...group
}: StuckGroup): LeadDesk['stuck'][number] {
  return {
    ...group,
    since: iso(since),
    cases: cases.map((one) => ({ ...one, since: iso(one.since) })),
  }
}

/** What a marketplace has not answered. */
export function presentQueue({ oldest, ...queue }: TakedownQueue): LeadDesk['takedowns'][number] {
  return { ...queue, oldest: iso(oldest) }
}

function openOf({ openByPhase }: Pick<Workload, 'openByPhase'>): number {
  return Object.values(openByPhase).reduce((sum, count) => sum + count, 0)
}
