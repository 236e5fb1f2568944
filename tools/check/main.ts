import { Command, InvalidArgumentError } from 'commander'
import { runChecks, type Check } from './run-checks.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { lineProgress } from '../../local/provision/progress.js'

// npm run check: everything that can be said about a change without running the tests.

const concurrency = 2

/** The slowest first, so that the two at the end are short. */
const checks: readonly Check[] = [
  { name: 'lint', command: 'npm', args: ['run', '--silent', 'lint'] },
  { name: 'types', command: 'npm', args: ['run', '--silent', 'typecheck'] },
  { name: 'format', command: 'npx', args: ['--no-install', 'prettier', '--check', '.'] },
  { name: 'circles', ...ownScript('tools/circles/main.ts') },
  { name: 'unused', command: 'npx', args: ['--no-install', 'knip'] },
  { name: 'openapi', ...ownScript('api/openapi/main.ts', '--check') },
  { name: 'bundle', ...ownScript('worker/bundle/main.ts', '--check') },
]
const names = checks.map((check) => check.name)

const options = new Command('npm run check --')
  .description(
    'Lint, types, format, circles of imports, unused code, OpenAPI drift and the workflow bundle.',
  )
  .option('--only <names>', `some of: ${names.join(',')}`, readNames, names)
  .option('--json', 'print the results as JSON; progress goes to stderr')
  .parse()
  .opts<{ only: string[]; json?: boolean }>()

const progress = lineProgress((line) => console.error(line))
const results = await runChecks(
  checks.filter((check) => options.only.includes(check.name)),
  {
    cwd: REPOSITORY_DIR,
    concurrency,
    onStart: ({ name }) => progress.report(name, 'running'),
    onEnd: ({ name, isOk, seconds }) =>
      progress.report(name, `${isOk ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`),
  },
)
const failed = results.filter((result) => !result.isOk)

if (options.json) console.log(JSON.stringify(results, null, 2))
else for (const { name, output } of failed) console.error(`\n--- ${name}\n${output.trimEnd()}`)
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${results.length} checks failed`)
  process.exitCode = 1
}

function ownScript(...args: string[]): Omit<Check, 'name'> {
  return { command: process.execPath, args: ['--import', 'tsx', ...args] }
}

function readNames(text: string): string[] {
  const wanted = text.split(',')
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length === 0) return wanted
  throw new InvalidArgumentError(`No check is called ${unknown.join(', ')}.`)
}
