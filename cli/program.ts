import { Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { addAuditCommands } from './commands/audit.js'
import { addBrandCommands } from './commands/brand.js'
import { addCaseActionCommands } from './commands/case-actions.js'
import { addCaseDecisionCommands } from './commands/case-decide.js'
import { addCasesCommands } from './commands/case-many.js'
import { addCaseReadCommands } from './commands/case-read.js'
import { addDeskCommands } from './commands/desk.js'
import { addDoctorCommand } from './commands/doctor.js'
import { addKeyCommands } from './commands/key.js'
import { addManagerCommands } from './commands/manager.js'
import { addMarketplaceCommands } from './commands/marketplace.js'
import { addPersonCommands } from './commands/person.js'
import { addQuestionCommands } from './commands/question.js'
import { addReconcileCommand } from './commands/reconcile.js'
import { addRefusedReportCommands } from './commands/refused-report.js'
import { addStatsCommand } from './commands/stats.js'
import { addStuckCommands } from './commands/stuck.js'
import { addSweepCommand } from './commands/sweep.js'
import { addWebhookCommands } from './commands/webhook.js'
import { EXIT, EXIT_MEANINGS } from './exit.js'
import type { Io } from './io.js'
import { widthOf } from '../platform/terminal-output.js'

const ABOUT = `
Environment:
  JOINT_FORCE_API_KEY   your API key (or --api-key-file; never on the command line, where ps shows it)
  JOINT_FORCE_API_URL   where the API is (or --api-url); http://127.0.0.1:8700 when absent
  NO_COLOR              no colours
  audit, reconcile, doctor, key bootstrap and person sign-in-link read MONGODB_URI, TEMPORAL_ADDRESS and
  TEMPORAL_NAMESPACE and PUBLIC_URL like the service itself.

Exit codes:
${Object.entries(EXIT)
  .map(([name, code]) => `  ${code}  ${EXIT_MEANINGS[name as keyof typeof EXIT]}`)
  .join('\n')}

Examples:
  joint-force stuck list
  joint-force stats --by brand
  joint-force case list --brand hp --open
  joint-force case show 530912345678
  joint-force case decide 530912345678 --verdict counterfeit --attest
  joint-force audit verify`

/** The whole command line. Its commands throw; `run` turns that into exit codes. */
export function createProgram(io: Io): Command {
  const program = new Command('joint-force')
    .description('Operates Joint-Force: cases, brands, keys, and the health of the service.')
    .version(packageJson.version, '--version', 'print the release')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => widthOf(io.stdout) ?? 80,
      getErrHelpWidth: () => widthOf(io.stderr) ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .option('--json', 'print the result as JSON')
    .option('--api-url <url>', 'where the API is')
    .option('--api-key-file <file>', 'file with your API key')
    .addHelpText('after', ABOUT)

  const caseCommand = program.command('case').description('Look at cases and act on them.')
  addCaseReadCommands(caseCommand, io)
  addCaseDecisionCommands(caseCommand, io)
  addCaseActionCommands(caseCommand, io)
  addCasesCommands(caseCommand, io)
  addSweepCommand(caseCommand, io)
  addStuckCommands(program, io)
  addRefusedReportCommands(program, io)
  addStatsCommand(program, io)
  addDeskCommands(program, io)
  addQuestionCommands(program, io)
  addBrandCommands(program, io)
  addManagerCommands(program, io)
  addMarketplaceCommands(program, io)
  addKeyCommands(program, io)
  addPersonCommands(program, io)
  addWebhookCommands(program, io)
  addAuditCommands(program, io)
  addReconcileCommand(program, io)
  addDoctorCommand(program, io)
  return program
}
