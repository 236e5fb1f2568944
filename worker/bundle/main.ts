import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleWorkflowCode } from '@temporalio/worker'
import { BUNDLER_OPTIONS, WORKFLOWS_PATH } from './options.js'

// Makes the workflow bundle of a build, or at `--out FILE`; `--check` only proves that it can be made and
// stays small.

const { values } = parseArgs({ options: { out: { type: 'string' }, check: { type: 'boolean' } } })
const MAX_BYTES = 3_500_000

const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS_PATH, ...BUNDLER_OPTIONS })
const bytes = Buffer.byteLength(code)
if (bytes > MAX_BYTES) {
  console.error(
    `The workflow bundle has ${bytes} bytes; over ${MAX_BYTES} something leaked into it.`,
  )
  process.exit(1)
}
if (!values.check) {
  const target = values.out ?? path.join(import.meta.dirname, '../../dist/workflow-bundle.js')
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(target, code)
}
console.log(`workflow bundle: ${bytes} bytes`)
