import type { Command } from 'commander'
import type { Case } from '../../api/schemas/case.js'
import { SEVERITIES } from '../../domain/vocabulary.js'
import { printable } from '../../platform/terminal-text.js'
import { examples } from '../examples.js'
import { usageError } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment, parseMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { explainStuck, STUCK_KINDS, type StuckCase, stuckKind } from '../stuck-case.js'
import { details } from '../table.js'

/** A case of the list, with what is wrong with it. */
type Found = Case & { stuck: StuckCase }

/** `stuck list`: the cases that do not move, why, and what makes them move. */
export function addStuckCommands(program: Command, io: Io): void {
  program
    .command('stuck')
    .description('Find the cases that do not move.')
    .command('list')
    .description(
      'List open cases that need attention, whose deadline passed without effect, or that are ' +
        'late in a phase that is the service’s own turn; most severe first.',
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
  const open = await api.cases({ open: 'true', ...(brand === undefined ? {} : { brandId: brand }) })
  const found: Found[] = []
  for (const one of open) {
    const kind = stuckKind(one, nowMs, dueWithinMs)
    const shown = kind === null ? null : await api.readCase(one.caseId)
    if (kind === null || !shown || shown.phase !== one.phase) continue
    found.push({ ...shown, stuck: explainStuck(shown, kind, nowMs) })
  }
  const rank = ({ severity, stuck }: Found) =>
    SEVERITIES.indexOf(severity) * STUCK_KINDS.length + STUCK_KINDS.indexOf(stuck.kind)
  return found.toSorted((a, b) => rank(a) - rank(b))
}

function spanMs(text: string, nowMs: number): number {
  if (/^\d{1,6}[mhd]$/.test(text)) return Date.parse(parseMoment(`+${text}`, nowMs)) - nowMs
  throw usageError(`"${text}" is no time; write 30m, 4h or 2d`)
}

function block(one: Found, { paint, nowMs, width }: Session): string {
  const { severity, listingId, brandId, phase, stuck, attention, updatedAt } = one
  const since = localMoment(attention?.since ?? updatedAt, nowMs)
  const heading = `${severity}  ${listingId}  ${brandId}  ${phase} since ${since}`
  return [
    paint(severity === 'S1' ? 'red' : 'bold', printable(heading)),
    details(
      [
        ['  Case', one.caseId],
        ['  Title', one.title],
        ['  Why', stuck.why],
        ['  Unblock', stuck.unblock.join('\n')],
      ],
      width,
    ),
  ].join('\n')
}
