import { provisionChromium, type Browser } from '../../local/provision/chromium.js'
import { provisionContext } from '../../local/provision/context.js'

/** Address of the Temporal server shared by the run's `*.server.test.ts` files. */
export function temporalAddress(): string {
  return required('TEST_TEMPORAL_ADDRESS')
}

/** The namespace on that server. */
export function temporalNamespace(): string {
  return required('TEST_TEMPORAL_NAMESPACE')
}

/**
 * Connection string of a database on the run's MongoDB replica set. Use a database per test file
 * and drop it afterwards.
 */
export function mongoUri(databaseName: string): string {
  const uri = new URL(required('TEST_MONGODB_URI'))
  uri.pathname = `/${databaseName}`
  return uri.href
}

/** Folder for what tests keep on disk; the run removes it at its end, or the next run does. */
export function testDataDir(): string {
  return required('TEST_DATA_DIR')
}

/** Program for `TestWorkflowEnvironment.createTimeSkipping` as `{ type: 'existing-path' }`. */
export function timeSkippingServerPath(): string {
  return required('TEST_TIME_SKIPPING_SERVER')
}

/** The bundled workflows, for every worker of the run. */
export function workflowBundlePath(): string {
  return required('TEST_WORKFLOW_BUNDLE')
}

/** A browser for `playwright-core`, obtained when first asked for: few tests need one. */
export function browserLaunch(): Promise<Browser> {
  return provisionChromium(provisionContext())
}

function required(name: string): string {
  const value = process.env[name]
  if (!value)
    throw new Error(`${name} is not set: tests that need servers are called *.server.test.ts`)
  return value
}
