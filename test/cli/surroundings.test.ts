import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it } from '@jest/globals'
import { confirm } from '../../cli/confirm.js'
import { EXIT } from '../../cli/exit.js'
import { widthOf } from '../../platform/terminal-output.js'
import { generateApiKey } from '../../platform/api-key.js'
import { runCli } from './command-line.js'

let server: Server | undefined
afterEach(() => {
  server?.close()
})

async function addressOf(answer: (path: string) => { status: number; body: string }) {
  server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '')
    response.writeHead(status).end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const list = (url: string) =>
  runCli(['case', 'list'], {
    JOINT_FORCE_API_URL: url,
    JOINT_FORCE_API_KEY: generateApiKey().secret,
  })

describe('the address of the API', () => {
  it.each([[200], [404], [413]])('is wrong where another server answers %d', async (status) => {
    const { code, err } = await list(
      await addressOf(() => ({ status, body: '<html>Hello</html>' })),
    )
    expect(code).toBe(EXIT.unreachable)
    expect(err).toContain('JOINT_FORCE_API_URL')
    expect(err).not.toContain('unknown')
  })

  it('may be given as npm start prints it', async () => {
    const paths: string[] = []
    const url = await addressOf((path) => {
      paths.push(path)
      return { status: 200, body: '{"items":[],"next":null}' }
    })
    for (const end of ['', '/', '/v1', '/v1/']) {
      expect((await list(`${url}${end}`)).code).toBe(EXIT.ok)
    }
    expect(new Set(paths)).toEqual(new Set(['/v1/cases?limit=50']))
  })
})

describe('a question', () => {
  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['no', 'n\r'],
    ['Enter', '\r'],
  ])('is answered no by %s', async (_what, keys) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true })
    const stderr = Object.assign(new PassThrough(), { columns: 80 })
    const answer = confirm({ stdin, stderr, stdout: stderr, env: {} }, 'Close it?', false)
    stdin.write(keys)
    await expect(answer).rejects.toMatchObject({
      exitCode: EXIT.usage,
      message: 'Nothing was done.',
    })
  })
})

describe('a terminal that does not tell its width', () => {
  it('is taken for one of 80 columns', () => {
    const write = () => undefined
    expect([0, 120, undefined].map((columns) => widthOf({ write, columns }))).toEqual([
      80,
      120,
      undefined,
    ])
  })
})
