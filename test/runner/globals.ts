import type * as jestGlobals from '@jest/globals'

type Globals = Pick<
  typeof jestGlobals,
  'afterAll' | 'afterEach' | 'beforeAll' | 'beforeEach' | 'describe' | 'expect' | 'it' | 'test'
>

/** What tests import as `@jest/globals`: those of the test file that is running. */
export let afterAll: Globals['afterAll']
export let afterEach: Globals['afterEach']
export let beforeAll: Globals['beforeAll']
export let beforeEach: Globals['beforeEach']
export let describe: Globals['describe']
export let expect: Globals['expect']
export let it: Globals['it']
export let test: Globals['test']

/** Gives the next test file its own. */
export function setGlobals(next: Globals): void {
  ;({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = next)
}
