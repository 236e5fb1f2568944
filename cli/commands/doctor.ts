import type { Command } from 'commander'
import { readMarketplacesFile } from '../../marketplaces/registry.js'
import { configurationOf } from '../configuration.js'
import { type Check, type Finding, finding } from '../doctor/check.js'
import { apiCheck, mailCheck, mongodbChecks } from '../doctor/others.js'
import { marketplaceQueueChecks, temporalChecks } from '../doctor/temporal.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { openSession, type Session } from '../session.js'
import { wrap } from '../../platform/terminal-table.js'
import { temporalClientOf } from '../with-temporal.js'

/** `doctor`: whether everything the service needs is there, and what to do about what is not. */
export function addDoctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description(
      'Check the API, Temporal, its workers, MongoDB, the marketplaces file and the mail server: ' +
        'one line each, with what to do. Run it where the worker runs, with its environment.',
    )
    .addHelpText('after', examples('joint-force doctor', 'joint-force doctor --json'))
    .action(async (_options: object, command: Command) => {
      const session = openSession(io, command)
      const findings: Finding[] = []
      for await (const found of examine(session)) {
        findings.push(found)
        if (!session.json) session.print(found, inWords(found, session))
      }
      if (session.json) session.print(findings, '')
      const failed = findings.filter(({ ok }) => !ok).length
      if (failed > 0) {
        throw new CommandError(EXIT.unhealthy, `${failed} of ${findings.length} checks failed.`)
      }
    })
}

async function* examine(session: Session): AsyncGenerator<Finding> {
  const config = configurationOf(session.io)
  const { MARKETPLACES_FILE: file } = config
  let marketplaceIds: string[] = []
  const marketplacesCheck: Check = {
    name: 'Marketplaces file',
    remedy: 'correct the file, or set MARKETPLACES_FILE as the worker has it',
    async look() {
      marketplaceIds = (await readMarketplacesFile(file)).map(({ id }) => id)
      return `${file}: ${marketplaceIds.join(', ')}`
    },
  }
  const temporal = temporalClientOf(config)
  try {
    yield finding(apiCheck(() => session.api()))
    for (const check of mongodbChecks(config)) yield finding(check)
    yield finding(marketplacesCheck)
    for (const check of temporalChecks(temporal, config)) yield finding(check)
    for (const check of marketplaceQueueChecks(temporal, config, marketplaceIds))
      yield finding(check)
    yield finding(mailCheck(config))
  } finally {
    await temporal.connection.close()
  }
}

const NAME_WIDTH = 20

function inWords({ name, ok, detail, remedy }: Finding, { paint, width }: Session): string {
  const mark = ok ? paint('green', 'ok  ') : paint('red', 'FAIL')
  const indent = ' '.repeat(6 + NAME_WIDTH + 2)
  const text = [detail, ...(remedy === undefined ? [] : [`→ ${remedy}`])]
  const lines = text.flatMap((line) => wrap(line, (width ?? 120) - indent.length))
  return `${mark}  ${name.padEnd(NAME_WIDTH)}  ${lines.join(`\n${indent}`)}`
}
