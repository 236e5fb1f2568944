import path from 'node:path'
import { TEMPORAL_SECURITY } from '../../platform/temporal-settings.js'
import type { KeyRing } from '../world/key-ring.js'
import type { World } from '../world/open-world.js'
import { writePrivateText } from '../world/private-file.js'

/**
 * Writes what the operator commands of this stack need, for a shell to read with `.` before them,
 * and gives back the file's path.
 */
export async function writeOperatorEnv(
  dataDir: string,
  { urls, env }: { urls: Pick<World['urls'], 'api' | 'smtp'>; env: World['env'] },
  keys: Pick<KeyRing, 'operator'>,
): Promise<string> {
  const file = path.join(dataDir, 'operator.env')
  const variables: Record<string, string | undefined> = {
    JOINT_FORCE_API_URL: urls.api,
    JOINT_FORCE_API_KEY: keys.operator,
    TEMPORAL_ADDRESS: env['TEMPORAL_ADDRESS'],
    TEMPORAL_NAMESPACE: env['TEMPORAL_NAMESPACE'],
    ...Object.fromEntries(TEMPORAL_SECURITY.map((name) => [name, env[name]])),
    MONGODB_URI: env['MONGODB_URI'],
    MARKETPLACES_FILE: env['MARKETPLACES_FILE'],
    SMTP_URL: urls.smtp,
    PUBLIC_URL: urls.api,
  }
  const lines = Object.entries(variables).map(
    ([name, value = '']) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`,
  )
  await writePrivateText(file, lines.join(''))
  return file
}
