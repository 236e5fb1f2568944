import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { Question } from '../../contract/question.js'
import { details, table } from '../../platform/terminal-table.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'

/** `question …`: questions of brands to their account managers. */
export function addQuestionCommands(program: Command, io: Io): void {
  const parent = program.command('question').description('Questions of brands to account managers.')

  parent
    .command('list')
    .description('List questions, the latest first.')
    .option('--open', 'those without an answer')
    .option('--brand <id>', 'of one brand')
    .option('--case <caseId>', 'about one case')
    .addHelpText('after', examples('joint-force question list --open'))
    .action(async (given: { open?: boolean; brand?: string; case?: string }, command: Command) => {
      const session = openSession(io, command)
      const query = {
        ...(given.open === true ? { open: 'true' } : {}),
        ...(given.brand === undefined ? {} : { brandId: given.brand }),
        ...(given.case === undefined ? {} : { caseId: given.case }),
      }
      const found = await (await session.api()).list<Question>('/questions', query, 'after')
      session.print(found, () => questionTable(found, session))
    })

  parent
    .command('show')
    .description('Show a question and its answer.')
    .argument('<questionId>', 'as question list shows it')
    .addHelpText('after', examples('joint-force question show question~hp~k3v9x2m7q4tak3v9x2m7'))
    .action(async (questionId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const question = await (await session.api()).get<Question>(pathOf(questionId))
      session.print(question, () => questionPage(question, session))
    })

  parent
    .command('ask')
    .description('Ask the account manager of your brand.')
    .requiredOption('--text <text>', 'what you want to know')
    .option('--brand <id>', 'who asks, where you act for several')
    .option('--case <caseId>', 'the case it is about')
    .addHelpText(
      'after',
      examples('joint-force question ask --text "Do you need the test report?"'),
    )
    .action(async (given: { text: string; brand?: string; case?: string }, command: Command) => {
      const session = openSession(io, command)
      const body = {
        text: given.text,
        ...(given.brand === undefined ? {} : { brandId: given.brand }),
        ...(given.case === undefined ? {} : { caseId: given.case }),
      }
      const asked = await (
        await session.api()
      ).request<{ questionId: string }>('POST', '/questions', {
        body,
        idempotencyKey: randomUUID(),
      })
      session.print(asked.body, () => asked.body.questionId)
    })

  parent
    .command('answer')
    .description('Answer a question, as account manager or lead.')
    .argument('<questionId>', 'as question list shows it')
    .requiredOption('--text <text>', 'the answer')
    .addHelpText(
      'after',
      examples(
        'joint-force question answer question~hp~k3v9x2m7q4tak3v9x2m7 --text "Yes, please."',
      ),
    )
    .action(async (questionId: string, { text }: { text: string }, command: Command) => {
      const session = openSession(io, command)
      const answered = await (
        await session.api()
      ).request<{ applied: boolean }>('POST', `${pathOf(questionId)}/answer`, {
        body: { text },
        idempotencyKey: randomUUID(),
      })
      session.print(answered.body, () =>
        answered.body.applied ? 'Answered.' : 'Kept; it is applied when a worker looks at it.',
      )
    })
}

function pathOf(questionId: string): string {
  return `/questions/${encodeURIComponent(questionId)}`
}

function questionTable(questions: readonly Question[], { width, nowMs }: Session): string {
  return table(
    [
      { head: 'phase', cell: ({ phase }) => phase },
      { head: 'brand', cell: ({ brandId }) => brandId },
      { head: 'due', cell: ({ dueAt }) => (dueAt ? localMoment(dueAt, nowMs) : '') },
      { head: 'question', min: 16, cell: ({ text }) => text },
      { head: 'id', min: 20, cell: ({ questionId }) => questionId },
    ],
    questions,
    width,
  )
}

function questionPage(question: Question, { width, nowMs }: Session): string {
  const { answer, askedBy, dueAt, caseId } = question
  return details(
    [
      ['Question', question.text],
      ['Brand', question.brandId],
      ['Asked', `${localMoment(question.askedAt, nowMs)}, ${askedBy?.name ?? askedBy?.id ?? ''}`],
      ['Case', caseId ?? 'none'],
      ['Phase', question.phase],
      ['Lead from', dueAt ? localMoment(dueAt, nowMs) : 'now'],
      ['Answer', answer?.text ?? 'none'],
      ['By', answer ? `${answer.by.name ?? answer.by.id}, ${localMoment(answer.at, nowMs)}` : ''],
    ],
    width,
  )
}
