import path from 'node:path'
import { repositoryDir } from '../provision/context.js'

/**
 * The data folder of one kind of run: `.data/<name>` in the repository, or in the folder that
 * `JOINT_FORCE_DATA_DIR` names.
 */
export function dataDirOf(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env['JOINT_FORCE_DATA_DIR'] ?? path.join(repositoryDir, '.data'), name)
}
