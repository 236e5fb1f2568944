import type { Applied } from '../../contract/decision.js'
import { randomUUID } from 'node:crypto'
import { type Command, Option } from 'commander'
import { casePath } from '../../client/paths.js'
import { NOTE_AUDIENCES } from '../../domain/vocabulary.js'
import { type CaseOptions, resolveCase, withCase } from '../case-reference.js'
import { confirm } from '../confirm.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { MOMENT_HELP, parseMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { printStanding } from '../standing.js'

interface CaseAction<O> {
  /** Below the case in the API. */
  path: string
  body: (options: O, session: Session) => object
  /** Asked before, for what cannot be undone. */
  question?: (caseId: string) => string
  /** Prints the answer, where it is not where the case stands now. */
  print?: (session: Session, answer: { caseId: string }) => void
}

/** What else can be done to an open case: one command per message of the API. */
export function addCaseActionCommands(parent: Command, io: Io): void {
  /** Gives `command` its argument and what it does. */
  const acts = <O>(command: Command, { path, body, question, print }: CaseAction<O>) => {
    withCase(command)
    if (question) command.option('--yes', 'do not ask', false)
    command.action(
      async (reference: string, options: O & CaseOptions & { yes?: boolean }, self: Command) => {
        const session = openSession(io, self)
        const message = body(options, session)
        const api = await session.api()
        const caseId = await resolveCase(api, reference, options)
        if (question) await confirm(io, question(caseId), options.yes === true)
        const answer = await api.request<Applied>('POST', casePath(caseId, `/${path}`), {
          body: message,
          idempotencyKey: randomUUID(),
        })
        if (print) print(session, answer.body)
        else printStanding(session, answer.body)
      },
    )
  }

  acts<{ until: string; reason?: string }>(
    parent
      .command('extend')
      .description('Move the running deadline.')
      .requiredOption('--until <moment>', MOMENT_HELP)
      .option('--reason <text>', 'why')
      .addHelpText(
        'after',
        examples('joint-force case extend 530912345678 --until +7d --reason "test buy under way"'),
      ),
    {
      path: 'extend',
      body: ({ until, reason }, { nowMs }) => ({
        until: parseMoment(until, nowMs),
        ...(reason === undefined ? {} : { reason }),
      }),
    },
  )
  acts<{ message: string }>(
    parent
      .command('return-to-brand')
      .description('Ask the brand again, with a new window.')
      .requiredOption('--message <text>', 'what the brand should look at; it goes into the mail')
      .addHelpText(
        'after',
        examples('joint-force case return-to-brand 530912345678 --message "See picture 3."'),
      ),
    { path: 'return-to-brand', body: ({ message }) => ({ message }) },
  )
  acts<{ acceptChanged?: boolean }>(
    parent
      .command('retry')
      .description('Ask the marketplace again to remove the listing.')
      .option('--accept-changed', 'although the listing changed since the brand looked')
      .addHelpText('after', examples('joint-force case retry 530912345678')),
    {
      path: 'retry-takedown',
      body: ({ acceptChanged }) => (acceptChanged ? { acceptChanged } : {}),
    },
  )
  acts<{ reason: string; force?: boolean }>(
    parent
      .command('close')
      .description('Close a case by hand. A takedown under way is stopped and looked up first.')
      .requiredOption('--reason <text>', 'why; it stays on record')
      .option('--force', 'although nobody knows what became of the takedown')
      .addHelpText(
        'after',
        examples('joint-force case close 530912345678 --reason "brand left the programme" --yes'),
      ),
    {
      path: 'close',
      body: ({ reason, force }) => ({ reason, ...(force ? { force } : {}) }),
      question: (caseId) => `Close ${caseId} for good?`,
    },
  )
  acts<{ reason: string }>(
    parent
      .command('reopen')
      .description('Take a closed case up again; what it had removed is put back first.')
      .requiredOption('--reason <text>', 'why; the brand and its staff read it')
      .addHelpText(
        'after',
        examples('joint-force case reopen 530912345678 --reason "it was our own shop" --yes'),
      ),
    {
      path: 'reopen',
      body: ({ reason }) => ({ reason }),
      question: (caseId) => `Take ${caseId} up again, and put back what it had removed?`,
      print: (session, answer) => session.print(answer, `reopened as ${answer.caseId}`),
    },
  )
  acts<{ reason: string }>(
    parent
      .command('withdraw')
      .description('Take the suspicion back.')
      .requiredOption('--reason <text>', 'why; it stays on record')
      .addHelpText(
        'after',
        examples('joint-force case withdraw 530912345678 --reason "price was misread" --yes'),
      ),
    {
      path: 'withdraw',
      body: ({ reason }) => ({ reason }),
      question: (caseId) => `Withdraw ${caseId} for good?`,
    },
  )
  acts<{ text: string; audience?: string }>(
    parent
      .command('note')
      .description('Add a note to the record of a case.')
      .requiredOption('--text <text>', 'the note')
      .addOption(
        new Option(
          '--audience <audience>',
          'who reads it, beside staff; a brand’s notes are for brand',
        ).choices(NOTE_AUDIENCES),
      )
      .addHelpText(
        'after',
        examples('joint-force case note 530912345678 --text "Rang the brand."'),
      ),
    {
      path: 'notes',
      body: ({ text, audience }) => ({ text, ...(audience === undefined ? {} : { audience }) }),
    },
  )
}
