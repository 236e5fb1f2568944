import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTransport } from 'nodemailer'
import { deleteAllMails, listMails } from '../../local/inbox/client.js'
import { freePorts } from '../../local/stack/ports.js'
import { checkHttp } from '../../local/stack/readiness.js'
import { until } from '../../local/until.js'
import { programArguments } from '../setup/compiled.js'

let dataDir: string
let smtpPort: number
let baseUrl: string
let inbox: ChildProcess

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, programArguments('local/inbox/main.ts'), {
    cwd: new URL('../../', import.meta.url),
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      SMTP_PORT: String(smtpPort),
      INBOX_PORT: new URL(baseUrl).port,
      INBOX_DATA: dataDir,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const isHealthy = () =>
    checkHttp(`${baseUrl}/api/healthz`).then(
      () => true,
      () => false,
    )
  await until('the inbox answers', isHealthy, { withinMs: 45_000 })
  return child
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'inbox-'))
  const ports = await freePorts()
  smtpPort = ports.smtp
  baseUrl = `http://127.0.0.1:${ports.inbox}`
  inbox = await start()
})
afterAll(async () => {
  if (inbox.exitCode === null) {
    inbox.kill('SIGKILL')
    await once(inbox, 'exit')
  }
  await rm(dataDir, { recursive: true })
})

describe('the inbox', () => {
  it('takes mail, keeps it over a restart, shows it on a page, and is emptied', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
    await transport.sendMail({
      from: 'joint-force@example.com',
      to: 'Brand <brand@example.com>',
      bcc: 'archive@example.com',
      subject: 'Please look: 2 listings – grüße',
      text: 'plain words',
      html: '<p>formatted words</p>',
      headers: { 'X-Case-Count': '2' },
    })
    transport.close()
    const arrived = async () => {
      const all = await listMails(baseUrl)
      return all.length > 0 && all
    }
    const mails = await until('the mail arrives', arrived, { withinMs: 20_000 })
    expect(mails).toMatchObject([
      {
        subject: 'Please look: 2 listings – grüße',
        from: [{ address: 'joint-force@example.com' }],
        to: [{ address: 'brand@example.com', name: 'Brand' }],
        envelope: { to: [{ address: 'brand@example.com' }, { address: 'archive@example.com' }] },
        headers: { 'x-case-count': '2' },
        text: 'plain words',
        html: '<p>formatted words</p>',
      },
    ])

    for (const entry of await readdir(dataDir, { recursive: true })) {
      expect([entry, (await stat(join(dataDir, entry))).mode & 0o077]).toEqual([entry, 0])
    }

    const exit = once(inbox, 'exit')
    inbox.disconnect()
    expect(await exit).toEqual([0, null])
    inbox = await start()
    expect(await listMails(baseUrl)).toMatchObject([{ id: mails[0]?.id, text: 'plain words' }])
    const page = await fetch(baseUrl, { headers: { accept: 'text/html' } })
    expect(await page.text()).toMatch(/<title>.*MailDev/i)

    await deleteAllMails(baseUrl)
    expect(await listMails(baseUrl)).toEqual([])
    inbox.kill('SIGTERM')
    await once(inbox, 'exit')
    expect(inbox.exitCode).toBe(0)
  })
})
