import { createRequire, register } from 'node:module'
import { pathToFileURL } from 'node:url'
import type * as globals from './globals.js'

interface CircusEvent {
  name: string
  test?: { errors: unknown[] }
}
type Framework = (
  globalConfig: unknown,
  projectConfig: unknown,
  environment: { global: { console: Console }; handleTestEvent?: (event: CircusEvent) => void },
  modules: unknown,
  testPath: string,
  sendMessageToJest: unknown,
) => Promise<unknown>

const require = createRequire(import.meta.url)
const { default: circus } = require('jest-circus/runner') as { default: Framework }
register(new URL('./resolve-globals.mjs', import.meta.url))
const tests = import(new URL('./globals.ts', import.meta.url).href) as Promise<typeof globals>

/**
 * Runs a test file as jest-circus does, but as one more module of its process. What it imports is
 * loaded once for all files of a worker: inside jest's own module system every file loads it again,
 * which for those with servers takes longer than their tests.
 */
const runFile: Framework = (globalConfig, projectConfig, environment, _, testPath, send) => {
  // Node knows the sources of what it has loaded itself; jest only those of what it has compiled.
  Reflect.deleteProperty(Error, 'prepareStackTrace')
  const ownConsole = globalThis.console
  globalThis.console = environment.global.console
  environment.handleTestEvent = ({ name, test }) => {
    if (name === 'test_done') test?.errors.flat().forEach(showAllFrames)
  }
  // No async function: its line would stand in the stack of every failure.
  return tests
    .then(({ setGlobals }) => {
      const modules = {
        requireInternalModule: requireAfresh,
        requireModule: require,
        setGlobalsForRuntime: setGlobals,
        unstable_shouldLoadAsEsm: () => true,
        unstable_importModule: (file: string) => import(pathToFileURL(file).href),
        enterTestCode() {},
        leaveTestCode() {},
      }
      return circus(globalConfig, projectConfig, environment, modules, testPath, send)
    })
    .catch((error: unknown) => {
      showAllFrames(error)
      throw error
    })
    .finally(() => {
      globalThis.console = ownConsole
    })
}

/** jest-circus keeps the tests of a file, and who hears of them, for as long as it is loaded. */
function requireAfresh(file: string): unknown {
  Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'))
  Reflect.deleteProperty(require.cache, file)
  return require(file)
}

/** jest leaves out the lines of functions without a name, as most of a test's are. */
function showAllFrames(error: unknown): void {
  if (!(error instanceof Error) || error.stack === undefined) return
  error.stack = error.stack.replaceAll(/^( +at (?:async )?)<anonymous> \((.+)\)$/gm, '$1$2')
}

export default runFile
