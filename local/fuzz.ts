import { randomInt } from 'node:crypto'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { fuzz, provisionSchemathesis } from './fuzz/schemathesis.js'
import { provisionContext, repositoryDir } from './provision/context.js'
import { lineProgress } from './provision/progress.js'

// npm run fuzz: sends a running API requests made from openapi.json, valid and invalid ones, and
// judges every answer by it. It creates, changes and deletes whatever the key may.

const program: Command = new Command('npm run fuzz --')
  .description('Tries the running API with requests made from openapi.json.')
  .option('--url <address>', 'the API', 'http://127.0.0.1:8700')
  .option('--key <key>', 'an API key; by default JOINT_FORCE_API_KEY')
  .option('--max-examples <number>', 'requests per operation and phase', readCount, 50)
  .option('--seed <number>', 'repeats an earlier run', readCount, randomInt(1, 2 ** 31))
  .addHelpText(
    'after',
    `
Start the API without its rate limit, on data that may be spoilt:
  RATE_LIMIT_PER_MINUTE=0 npm start
  npm run fuzz -- --key jf_live_...`,
  )
  .parse()
const options = program.opts<{
  url: string
  key?: string
  maxExamples: number
  seed: number
}>()
const { url, key: apiKey = process.env['JOINT_FORCE_API_KEY'], maxExamples, seed } = options
if (!apiKey) program.error('Give an API key: --key, or JOINT_FORCE_API_KEY in the environment.')

const python = await provisionSchemathesis(provisionContext({ progress: lineProgress() }))
console.log(`seed ${seed}; repeat this run with --seed ${seed}`)
process.exitCode = await fuzz(python, {
  specification: path.join(repositoryDir, 'openapi.json'),
  url,
  apiKey,
  maxExamples,
  seed,
})

function readCount(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It has to be a whole number above 0.')
}
