import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { scriptProblems } from '../../tools/lint-deploy/files.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'

interface Ended {
  pid: number | undefined
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs a program to its end. */
async function run(file: string, ...args: string[]): Promise<Ended> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const [exitCode] = (await once(child, 'close')) as [number]
  return { pid: child.pid, exitCode, stdout, stderr }
}

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'image-')))
})
afterEach(() => rm(folder, { recursive: true }))

describe('bin/entrypoint', () => {
  const mains = {
    api: 'dist/api/main.js',
    worker: 'dist/worker/main.js',
    migrate: 'dist/worker/migrate/main.js',
    cli: 'dist/cli/main.js',
  }

  beforeEach(async () => {
    await cp(path.join(REPOSITORY_DIR, 'bin'), path.join(folder, 'bin'), { recursive: true })
    await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
    for (const main of Object.values(mains)) {
      const text = `console.log(JSON.stringify({ main: '${main}', pid: process.pid, cwd: process.cwd(), args: process.argv.slice(2) }))`
      await mkdir(path.join(folder, path.dirname(main)), { recursive: true })
      await writeFile(path.join(folder, main), text)
    }
  })

  it.each(Object.entries(mains))('%s becomes %s, with its arguments', async (name, main) => {
    const ended = await run(path.join(folder, 'bin/entrypoint'), name, 'case', '--json')
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' })
    // The same process id: signals meant for the container reach the process itself.
    const expected = { main, pid: ended.pid, cwd: folder, args: ['case', '--json'] }
    expect(JSON.parse(ended.stdout)).toEqual(expected)
  })

  it.each([['nothing'], ['portal']])('refuses %s and names what it knows', async (name) => {
    const args = name === 'nothing' ? [] : [name]
    const ended = await run(path.join(folder, 'bin/entrypoint'), ...args)
    expect(ended).toMatchObject({
      exitCode: 64,
      stdout: '',
      stderr: expect.stringContaining('api, worker, migrate or cli'),
    })
  })
})

describe('bin/healthcheck', () => {
  const healthcheck = path.join(REPOSITORY_DIR, 'bin/healthcheck')
  let server: Server
  let url: string
  let statusCode: number

  beforeEach(async () => {
    server = createServer((_request, response) =>
      response.writeHead(statusCode).end('mongodb down'),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`
  })
  afterEach(() => {
    server.close()
  })

  it('succeeds when the process says it is ready', async () => {
    statusCode = 200
    expect(await run(healthcheck, url)).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('fails with the reason when it says it is not', async () => {
    statusCode = 503
    const ended = await run(healthcheck, url)
    expect(ended.exitCode).toBe(1)
    expect(ended.stderr).toContain('503 mongodb down')
  })

  it('fails when nobody answers', async () => {
    await new Promise((resolve) => server.close(resolve))
    const ended = await run(healthcheck, url)
    expect(ended.exitCode).toBe(1)
    expect(ended.stderr).toContain(url)
  })
})

describe('what the image is built from', () => {
  it('lets through every folder and file that the build needs', async () => {
    const readText = (file: string) => readFile(path.join(REPOSITORY_DIR, file), 'utf8')
    const ignore = (await readText('.dockerignore')).split('\n')
    const build = JSON.parse(await readText('tsconfig.build.json')) as { include: string[] }
    const dockerfile = await readText('Dockerfile')

    const compiled = build.include.map((pattern) => pattern.split('/')[0])
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
      .flatMap((match) => (match[1] ?? '').split(' '))
      .filter((source) => source !== '.')
      .map((source) => source.split('/')[0])
    expect(copied).toEqual(expect.arrayContaining(['package-lock.json', 'bin', 'LICENSE']))
    for (const name of [...compiled, ...copied]) expect(ignore).toContain(`!${name}`)
  })
})

describe('scriptProblems', () => {
  it.each([
    ['sh', '#!/bin/sh\nif true; then echo\n', /Syntax error|syntax error/],
    ['bash', '#!/usr/bin/env bash\nvalues=(1\n', /unexpected EOF/],
    ['node', '#!/usr/bin/env node\nconst = 1\n', /SyntaxError/],
    ['another language', 'echo\n', /no #! line/],
  ])('finds a mistake in a script for %s', async (_interpreter, text, problem) => {
    const file = path.join(folder, 'script.mjs')
    await writeFile(file, text)
    expect(await scriptProblems(file)).toEqual([expect.stringMatching(problem)])
  })

  it('finds none in the entry point', async () => {
    expect(await scriptProblems(path.join(REPOSITORY_DIR, 'bin/entrypoint'))).toEqual([])
  })
})
