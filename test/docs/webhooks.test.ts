import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { until } from '../../local/until.js'
import { webhookBody } from '../../domain/webhook/body.js'
import { RETRY_DELAYS_MS } from '../../domain/webhook/retrying.js'
import { WEBHOOK_TYPES } from '../../domain/vocabulary.js'
import { createWebhookSender, type WebhookSender } from '../../notifications/webhook-sender.js'
import { newWebhookSecret } from '../../platform/webhook-signature.js'

const document = await readFile(path.join(REPOSITORY_DIR, 'docs/webhooks.md'), 'utf8')

/** The only block of code of that language which can be run as it is. */
function programIn(language: string): string {
  const blocks = [...document.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))]
  if (blocks.length !== 1) throw new Error(`docs/webhooks.md has ${blocks.length} of ${language}`)
  return blocks[0]?.[1] ?? ''
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

interface Receiver {
  origin: string
  lines: string[]
  child: ChildProcess
}
const receivers: Receiver[] = []
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-receivers-'))
})
afterAll(async () => {
  for (const { child } of receivers) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function start(
  command: string,
  args: readonly string[],
  name: string,
  program: string,
  secret: string,
): Promise<Receiver> {
  const file = path.join(folder, name)
  await writeFile(file, program)
  const port = await freePort()
  const child = spawn(command, [...args, file], {
    cwd: REPOSITORY_DIR,
    env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const receiver = { origin: `http://127.0.0.1:${port}`, lines: [] as string[], child }
  receivers.push(receiver)
  createInterface({ input: child.stdout }).on('line', (line) => receiver.lines.push(line))
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${command}, which runs the receiver of docs/webhooks.md, ended with ${code}`)
  })
  failed.catch(() => undefined)
  const listens = until('it listens', () => receiver.lines.includes('listening'), {
    withinMs: 30_000,
  })
  await Promise.race([listens, failed])
  return receiver
}

describe.each([
  ['TypeScript', 'ts', process.execPath, ['--import', 'tsx'], 'receiver.mts'],
  ['Python', 'python', 'python3', [], 'receiver.py'],
])('the receiver in %s of docs/webhooks.md', (_name, language, command, args, file) => {
  const secret = newWebhookSecret()
  let receiver: Receiver
  let sender: WebhookSender
  beforeAll(async () => {
    receiver = await start(command, args, file, programIn(language), secret)
    sender = createWebhookSender({ localOrigins: [receiver.origin], userAgent: 'test' })
  })
  afterAll(() => sender.close())

  const caseId = 'case~taobao~1~northwind~aaaaaaaaaaaaa'
  const body = webhookBody('case.closed', Date.now(), { caseId, title: '正品' })
  const send = async (
    messageId: string,
    change: Partial<Parameters<typeof sender.send>[0]> = {},
  ) => {
    const url = `${receiver.origin}/joint-force`
    const message = { url, messageId, body, secrets: [secret], at: Date.now() }
    const answer = await sender.send({ ...message, ...change })
    return 'status' in answer ? answer.status : answer.error
  }
  const said = () => receiver.lines.filter((line) => line !== 'listening')

  it('takes what is signed, and works on it once however often it comes', async () => {
    expect([await send('msg_1'), await send('msg_1'), await send('msg_2')]).toEqual([204, 204, 204])
    const line = `case.closed ${caseId}`
    await until('both are worked on', () => said().length === 2, { withinMs: 5_000 })
    expect(said()).toEqual([line, line])
  })

  it('takes it while its secret is replaced', async () => {
    expect(await send('msg_3', { secrets: [newWebhookSecret(), secret] })).toBe(204)
  })

  it('refuses what somebody else signed, nobody, or long ago', async () => {
    expect(await send('msg_4', { secrets: [newWebhookSecret()] })).toBe(401)
    expect(await send('msg_4', { secrets: [] })).toBe(401)
    expect(await send('msg_4', { at: Date.now() - 600_000 })).toBe(401)
    const altered = await fetch(receiver.origin, { method: 'POST', body })
    expect(altered.status).toBe(401)
    expect(said().length).toBeLessThanOrEqual(3)
  })
})

describe('docs/webhooks.md', () => {
  it('names every type, and how often a message is tried', () => {
    for (const type of WEBHOOK_TYPES) expect(document).toContain(`| \`${type}\``)
    const inWords = (ms: number) => {
      if (ms < 60_000) return `${ms / 1000} s`
      return ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`
    }
    const delays = RETRY_DELAYS_MS.map(inWords)
    const text = `at once, after ${delays.slice(0, -1).join(', ')} and ${delays.at(-1)}`
    expect(document.replaceAll('\n', ' ')).toContain(text)
  })
})
