import packageJson from '../package.json' with { type: 'json' }
import { RULES_VERSION } from '../domain/brand/policy.js'

/**
 * What Temporal calls this release's workers by (build id), unless `BUILD_ID` says otherwise: the
 * version of the package and of the newest rules it knows.
 */
export const RELEASE = `${packageJson.version}-rules${RULES_VERSION}`
