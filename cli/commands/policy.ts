import type { Command } from 'commander'
import type { Static } from 'typebox'
import type { PolicyVersionSchema } from '../../contract/brand.js'
import type { WindowPolicy } from '../../domain/brand/policy.js'
import { SEVERITIES } from '../../domain/vocabulary.js'
import { brandPath } from '../../client/paths.js'
import { examples } from '../examples.js'
import { usageError } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment, span } from '../moments.js'
import { openSession, readJson, type Session } from '../session.js'
import { details, table } from '../../platform/terminal-table.js'

type PolicyVersion = Static<typeof PolicyVersionSchema>

/** `brand policy …`: who is asked for how long, and what silence means. */
export function addPolicyCommands(brand: Command, io: Io): void {
  const parent = brand
    .command('policy')
    .description('Who is asked for how long, and what happens when nobody answers.')

  parent
    .command('show')
    .description('Show the policy for cases opened from now on.')
    .argument('<brandId>', 'as brand list shows it')
    .addHelpText(
      'after',
      examples(
        'joint-force brand policy show hp',
        'joint-force brand policy show hp --json > p.json',
      ),
    )
    .action(async (brandId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const version = await (await session.api()).get<PolicyVersion>(brandPath(brandId, '/policy'))
      session.print(version, () => policyPage(version, session))
    })

  parent
    .command('save')
    .description('Save a policy as the next version. Open cases keep theirs.')
    .argument('<brandId>', 'as brand list shows it')
    .requiredOption('--file <file>', 'JSON as policy show --json prints it; - reads it')
    .addHelpText(
      'after',
      examples(
        'joint-force brand policy show hp --json > p.json   # then edit it',
        'joint-force brand policy save hp --file p.json     # refused if someone else saved since',
      ),
    )
    .action(async (brandId: string, { file }: { file: string }, command: Command) => {
      const session = openSession(io, command)
      const saved = (await readJson(session, file)) as Partial<PolicyVersion> | null
      const { version, policy } = saved ?? {}
      if (!Number.isInteger(version) || policy === undefined) {
        throw usageError(`${file} needs "version" and "policy", as policy show --json prints them.`)
      }
      const { body } = await (
        await session.api()
      ).request<PolicyVersion>('PUT', brandPath(brandId, '/policy'), {
        body: policy,
        ifMatch: `"${version}"`,
        once: true,
      })
      session.print(body, () => policyPage(body, session))
    })

  parent
    .command('versions')
    .description('List every version there was.')
    .argument('<brandId>', 'as brand list shows it')
    .addHelpText('after', examples('joint-force brand policy versions hp'))
    .action(async (brandId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const { items } = await (
        await session.api()
      ).get<{ items: PolicyVersion[] }>(brandPath(brandId, '/policy/versions'))
      session.print(items, () =>
        table(
          [
            { head: 'version', cell: ({ version }) => String(version) },
            {
              head: 'saved',
              cell: ({ savedAt }) =>
                savedAt === undefined ? '' : localMoment(savedAt, session.nowMs),
            },
            { head: 'by', cell: ({ savedBy = '' }) => savedBy },
          ],
          items,
          session.width,
        ),
      )
    })
}

function policyPage({ version, policy }: PolicyVersion, { width }: Session): string {
  const { severities, coolingOffMs } = policy
  const perSeverity = SEVERITIES.map((severity): [string, string] => {
    const { brand, accountManager, lead, silence } = severities[severity]
    const steps = [
      `brand: ${inWords(brand)}`,
      `account manager: ${inWords(accountManager)}`,
      ...(lead ? [`lead: ${inWords(lead)}`] : []),
      `nobody answers: ${silence}`,
    ]
    return [severity, steps.join('\n')]
  })
  return details(
    [
      ['Version', String(version)],
      ...perSeverity,
      ['Cooling-off', `${span(coolingOffMs.single)}; ${span(coolingOffMs.bulk)} after a batch`],
      ['Extension', `a brand may move its deadline by ${span(policy.extensionMs)}`],
      [
        'Removal',
        `tried for ${span(policy.takedownBudgetMs)}, then every ${span(policy.takedownRetryMs)}`,
      ],
    ],
    width,
  )
}

/** `3 days of working time, reminders after 24 h, 2 days` */
function inWords({ windowMs, time, remindersMs }: WindowPolicy): string {
  const window = `${span(windowMs)}${time === 'working' ? ' of working time' : ''}`
  const reminders = remindersMs.map(span).join(', ')
  return reminders === '' ? window : `${window}, reminders after ${reminders}`
}
