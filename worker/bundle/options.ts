import path from 'node:path'
import type { BundleOptions } from '@temporalio/worker'

type WebpackConfigHook = NonNullable<BundleOptions['webpackConfigHook']>

/** What every supported Node.js runs as it is; the SDK compiles for one of 2017. */
const TARGET = 'es2022'

/** Spread and class fields stay the runtime's own, instead of loops written in their place. */
const webpackConfigHook: WebpackConfigHook = (config) => {
  for (const rule of config.module?.rules ?? []) {
    if (!rule || typeof rule !== 'object' || !Array.isArray(rule.use)) continue
    for (const loader of rule.use) {
      if (!loader || typeof loader !== 'object' || typeof loader.options !== 'object') continue
      const { jsc } = loader.options as { jsc?: { target?: string } }
      if (jsc) jsc.target = TARGET
    }
  }
  return config
}

/** Where the workflows are. */
export const WORKFLOWS_PATH = path.join(import.meta.dirname, '../../workflows')

/**
 * How they are bundled, by a build, a worker and the tests. Their modules are evaluated once for all
 * runs of a worker: they hold no state (the SDK freezes what they export), and evaluating them again
 * for every run took longer than most of a run's steps.
 */
export const BUNDLER_OPTIONS = { preloadModules: [WORKFLOWS_PATH], webpackConfigHook }
