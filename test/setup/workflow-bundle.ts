import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bundleWorkflowCode } from '@temporalio/worker'
import { BUNDLER_OPTIONS, WORKFLOWS_PATH } from '../../worker/workflow-bundling.js'

/** Bundles the workflows once for a run; every worker of the run uses the file. */
export async function writeWorkflowBundle(dataDir: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: WORKFLOWS_PATH,
    ...BUNDLER_OPTIONS,
    logger: silent,
  })
  const file = path.join(dataDir, 'workflow-bundle.js')
  await writeFile(file, code)
  return file
}

const nothing = () => undefined
const silent = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
}
