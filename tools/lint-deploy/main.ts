import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { composeProblems } from './compose.js'
import { dockerfileProblems, scriptProblems } from './files.js'
import { provisionCompose, provisionHadolint } from './tools.js'
import { provisionContext, REPOSITORY_DIR } from '../../local/provision/context.js'
import { lineProgress } from '../../local/provision/progress.js'

// npm run lint:deploy: checks the files of a deployment without a container engine, which neither
// a build machine nor a laptop needs to have. What it cannot do is start them.

const brokenDir = 'tools/lint-deploy/broken'

/** A check that must find nothing, or, on the files in `broken/`, something. */
interface DeployCheck {
  name: string
  isControl?: boolean
  problems: () => Promise<string[]>
}

process.chdir(REPOSITORY_DIR)
const progress = lineProgress()
const context = provisionContext({ progress })
const [compose, hadolint] = await Promise.all([
  provisionCompose(context),
  provisionHadolint(context),
])

const checks: DeployCheck[] = [
  {
    name: 'docker-compose.yml',
    problems: () => composeProblems(compose, 'docker-compose.yml', '.env.example'),
  },
  { name: 'Dockerfile', problems: () => dockerfileProblems(hadolint, 'Dockerfile') },
  ...(await scripts()).map((file) => ({ name: file, problems: () => scriptProblems(file) })),
  {
    name: `${brokenDir}/docker-compose.yml`,
    isControl: true,
    problems: () => composeProblems(compose, `${brokenDir}/docker-compose.yml`, '/dev/null'),
  },
  {
    name: `${brokenDir}/Dockerfile`,
    isControl: true,
    problems: () => dockerfileProblems(hadolint, `${brokenDir}/Dockerfile`),
  },
]

for (const { name, isControl, problems } of checks) {
  const found = await problems()
  const isOk = isControl ? found.length > 0 : found.length === 0
  if (!isOk) process.exitCode = 1
  console.log(`${isOk ? 'ok    ' : 'FAILED'}  ${name}${isControl ? ' (must be refused)' : ''}`)
  if (isControl && !isOk) console.log('        its mistakes were not found: the check is broken')
  if (!isControl) for (const problem of found) console.log(problem.replaceAll(/^/gm, '        '))
}

/** Every program the image or a container runs, and the one of the build server. */
async function scripts(): Promise<string[]> {
  const deploy = await readdir('deploy', { recursive: true })
  return [
    '.ci/run',
    'bin/entrypoint',
    'bin/healthcheck',
    ...deploy.filter((file) => file.endsWith('.sh')).map((file) => path.join('deploy', file)),
  ]
}
