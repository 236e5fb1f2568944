import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { messageOf } from '../../platform/message-of.js'
import { runProgram } from '../../local/provision/program.js'

/** What is looked at of the file as `docker-compose config --format json` prints it. */
export interface ComposeModel {
  services: Record<string, ComposeService>
}
export interface ComposeService {
  image?: string
  restart?: string
  environment?: Record<string, string | null>
  healthcheck?: object
  depends_on?: Record<string, { condition: string }>
  ports?: { host_ip?: string; published?: string }[]
  volumes?: { type: string; source?: string }[]
}

/** Stands for a value in what compose prints, so that a literal secret can be told from it. */
const sample = (name: string) => `sample-${name.toLowerCase()}`

/** Variables whose value has to be an existing file. */
const exampleFiles: Record<string, string> = {
  MARKETPLACES_FILE: './deploy/marketplaces.example.json',
  MARKETPLACE_TOKENS_FILE: './deploy/marketplace-tokens.example.env',
}

const secretName = /PASSWORD|PWD|SECRET|KEY|TOKEN/

/**
 * Everything wrong with a compose file, one line each: what compose refuses, and what it lets
 * pass but would fail or be unsafe when started.
 *
 * @param compose the program
 * @param exampleEnvFile must list exactly the variables the file demands
 */
export async function composeProblems(
  compose: string,
  file: string,
  exampleEnvFile: string,
): Promise<string[]> {
  const required = requiredVariables(await readFile(file, 'utf8'))
  const values = Object.fromEntries(
    required.map((name) => [name, exampleFiles[name] ?? sample(name)]),
  )
  const problems = exampleProblems(required, await readFile(exampleEnvFile, 'utf8'))
  try {
    problems.push(...modelProblems(await readModel(compose, file, values)))
  } catch (error) {
    return [...problems, messageOf(error)]
  }
  for (const name of required) {
    const { [name]: _unset, ...others } = values
    problems.push(...(await unsetProblems(compose, file, name, others)))
  }
  return problems
}

/** The variables a compose file refuses to start without: `${NAME:?what to do}`. */
export function requiredVariables(composeText: string): string[] {
  const names = [...composeText.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1] ?? '')
  return [...new Set(names)]
}

/** The example file has to name every required variable, and may have a value for none. */
export function exampleProblems(required: readonly string[], exampleText: string): string[] {
  const lines = [...exampleText.matchAll(/^(\w+)=(.*)$/gm)]
  const listed = lines.map((match) => match[1] ?? '')
  return [
    ...required
      .filter((name) => !listed.includes(name))
      .map((name) => `${name} is demanded, but the example environment does not list it`),
    ...listed
      .filter((name) => !required.includes(name))
      .map((name) => `${name} is in the example environment, but nothing demands it`),
    ...lines
      .filter((match) => match[2] !== '')
      .map((match) => `${match[1]} has a value in the example environment: leave it empty`),
  ]
}

/** What compose accepts although it could not work, or should not run. */
export function modelProblems({ services }: ComposeModel): string[] {
  return Object.entries(services).flatMap(([name, service]) =>
    [
      ...imageProblems(service),
      ...dependencyProblems(service, services),
      ...exposureProblems(service),
    ].map((problem) => `service ${name}: ${problem}`),
  )
}

function imageProblems({ image }: ComposeService): string[] {
  const tag = /:([^:/]+)$/.exec(image ?? '')?.[1]
  if (tag && tag !== 'latest') return []
  return [`image ${image ?? '(none)'} needs a version, so that a restart cannot change it`]
}

function dependencyProblems(
  { depends_on: dependencies = {}, volumes = [] }: ComposeService,
  services: ComposeModel['services'],
): string[] {
  const problems: string[] = []
  for (const [name, { condition }] of Object.entries(dependencies)) {
    const dependency = services[name]
    if (condition === 'service_healthy' && !dependency?.healthcheck)
      problems.push(`waits for ${name} to be healthy, which has no healthcheck`)
    const isOnce = !dependency?.restart?.match(/^(always|unless-stopped)$/)
    if (condition === 'service_completed_successfully' && !isOnce)
      problems.push(`waits for ${name} to complete, which is always restarted`)
    if (condition === 'service_started')
      problems.push(`waits only for ${name} to be started, not for its work`)
  }
  for (const { type, source } of volumes) {
    if (type === 'bind' && source && !existsSync(source))
      problems.push(`mounts ${source}, which does not exist`)
  }
  return problems
}

function exposureProblems({ ports = [], environment = {} }: ComposeService): string[] {
  return [
    ...ports
      .filter(({ host_ip }) => host_ip !== '127.0.0.1')
      .map(({ published }) => `publishes port ${published} beyond this machine`),
    ...Object.entries(environment)
      .filter(([name, value]) => value && secretName.test(name) && !value.includes(sample('')))
      .map(([name]) => `${name} is a secret with a value of its own: use \${${name}:?what to do}`),
  ]
}

async function unsetProblems(
  compose: string,
  file: string,
  name: string,
  others: Record<string, string>,
): Promise<string[]> {
  try {
    await readModel(compose, file, others)
  } catch (error) {
    if (messageOf(error).includes(`required variable ${name} is missing a value`)) return []
    return [`without ${name} it fails for another reason: ${messageOf(error)}`]
  }
  return [`starts without ${name}`]
}

/** Nothing but `values` is visible to compose: neither this shell's variables nor a `.env`. */
async function readModel(
  compose: string,
  file: string,
  values: Record<string, string>,
): Promise<ComposeModel> {
  const outputDir = await mkdtemp(path.join(tmpdir(), 'compose-model-'))
  const output = path.join(outputDir, 'model.json')
  try {
    const profiles = ['--env-file', '/dev/null', '--profile', '*', '--file', file]
    const warnings = await runProgram(
      compose,
      [...profiles, 'config', '--format', 'json', '--output', output],
      { env: { PATH: process.env['PATH'], ...values }, timeoutMs: 60_000 },
    )
    if (warnings.trim() !== '') throw new Error(warnings.trim())
    return JSON.parse(await readFile(output, 'utf8')) as ComposeModel
  } finally {
    await rm(outputDir, { recursive: true, force: true })
  }
}
