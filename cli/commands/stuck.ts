import type { Command } from 'commander'
import type { Case } from '../../contract/case.js'
import type { ShownMarketplace } from '../../contract/marketplace.js'
import type { ShownStanding } from '../../contract/standstill.js'
import { SEVERITIES } from '../../domain/vocabulary.js'
import { printable } from '../../platform/terminal-text.js'
import { ApiRefusal } from '../../client/errors.js'
import { examples } from '../examples.js'
import { usageError } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment, parseMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import {
  explainStanding,
  explainStuck,
  STUCK_KINDS,
  type StuckCase,
  stuckKind,
} from '../stuck-case.js'
import { details } from '../../platform/terminal-table.js'

/** A case of the list, with what is wrong with it: as far as it is known, when it has no record. */
type Found = (Case | ShownStanding) & { stuck: StuckCase }

/** `stuck list`: the cases that do not move, why, and what makes them move. */
export function addStuckCommands(program: Command, io: Io): void {
  program
    .command('stuck')
    .description('Find the cases that do not move.')
    .command('list')
    .description(
      'List open cases that need attention, whose process stands still, whose deadline passed ' +
        'without effect, or that are late in a phase that is the service’s own turn; most severe first.',
    )
    .option('--brand <brandId>', 'of one brand')
    .option('--due-within <time>', 'also those due so soon: 30m, 4h, 2d')
    .addHelpText(
      'after',
      examples(
        'joint-force stuck list',
        'joint-force stuck list --due-within 4h',
        'joint-force stuck list --json | jq -r .[].stuck.why',
      ),
    )
    .action(async (options: { brand?: string; dueWithin?: string }, command: Command) => {
      const session = openSession(io, command)
      const found = await stuckCases(session, options)
      session.print(found, () => found.map((one) => block(one, session)).join('\n\n'))
      session.say(found.length === 0 ? 'No case is stuck.' : `${found.length} stuck.`)
    })
}

async function stuckCases(
  session: Session,
  { brand, dueWithin }: { brand?: string; dueWithin?: string },
): Promise<Found[]> {
  const { nowMs } = session
  const dueWithinMs = dueWithin === undefined ? 0 : spanMs(dueWithin, nowMs)
  const api = await session.api()
  const open = await api.cases({ open: true, ...(brand === undefined ? {} : { brandId: brand }) })
  const standing = await standingCases(session, brand)
  const found: Found[] = []
  for (const one of standing) {
    const shown = await api.readCase(one.caseId)
    // Of one that is opening its process knows less than it was started with.
    const isOpen = shown !== null && shown.phase !== 'opening'
    found.push({ ...(isOpen ? shown : one), stuck: explainStanding(one) })
  }
  const { items: marketplaces } = await api.get<{ items: ShownMarketplace[] }>('/marketplaces')
  const pauses = new Map(marketplaces.map(({ marketplace, pause }) => [marketplace, pause]))
  const known = new Set(standing.map(({ caseId }) => caseId))
  for (const one of open) {
    const kind = known.has(one.caseId) ? null : stuckKind(one, nowMs, dueWithinMs)
    const shown = kind === null ? null : await api.readCase(one.caseId)
    if (kind === null || !shown || shown.phase !== one.phase) continue
    found.push({ ...shown, stuck: explainStuck(shown, kind, nowMs, pauses.get(shown.marketplace)) })
  }
  const rank = ({ severity, stuck }: Found) =>
    SEVERITIES.indexOf(severity) * STUCK_KINDS.length + STUCK_KINDS.indexOf(stuck.kind)
  return found.toSorted((a, b) => rank(a) - rank(b))
}

/** Those that only Temporal knows, for staff; while it is away the list goes without them, and says so. */
async function standingCases(session: Session, brand?: string): Promise<ShownStanding[]> {
  const api = await session.api()
  try {
    const { items } = await api.get<{ items: ShownStanding[] }>('/standstills')
    return items.filter(({ brandId }) => brand === undefined || brandId === brand)
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error
    if (error.status === 503) {
      session.say('Temporal is away: cases whose process stands still are not in this list.')
    } else if (error.status !== 403) throw error
    return []
  }
}

function spanMs(text: string, nowMs: number): number {
  if (/^\d{1,6}[mhd]$/.test(text)) return Date.parse(parseMoment(`+${text}`, nowMs)) - nowMs
  throw usageError(`"${text}" is no time; write 30m, 4h or 2d`)
}

function block(one: Found, session: Session): string {
  const { stuck, caseId, title } = one
  return [
    session.paint(one.severity === 'S1' ? 'red' : 'bold', printable(heading(one, session))),
    details(
      [
        ['  Case', caseId],
        ['  Title', title],
        ['  Why', stuck.why],
        ['  Unblock', stuck.unblock.join('\n')],
      ],
      session.width,
    ),
  ].join('\n')
}

function heading(one: Found, { nowMs }: Session): string {
  const { severity, brandId } = one
  if ('startedAt' in one) {
    const since = localMoment(one.startedAt, nowMs)
    return `${severity}  ${brandId}  opening since ${since}`
  }
  const since = localMoment(one.attention?.since ?? one.updatedAt, nowMs)
  return `${severity}  ${one.listingId}  ${brandId}  ${one.phase} since ${since}`
}
