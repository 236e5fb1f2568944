import { spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { provisionChromium } from '../../local/provision/chromium.js'
import type { ProvisionContext } from '../../local/provision/context.js'
import { provisionMongod } from '../../local/provision/mongod.js'
import { isAtLeast } from '../../local/provision/program.js'
import { ProvisioningError } from '../../local/provision/provision.js'
import { provisionTemporal } from '../../local/provision/temporal.js'
import { freePorts } from '../../local/stack/ports.js'

let folder: string
let binDir: string
let cacheDir: string
let lines: string[]
let unreachable: string
let vendor: Server | undefined

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'provision-'))
  binDir = path.join(folder, 'bin')
  cacheDir = path.join(folder, 'cache')
  await mkdir(binDir)
  lines = []
  unreachable = `http://127.0.0.1:${(await freePorts()).api}`
})

afterEach(async () => {
  vendor?.close()
  vendor = undefined
  await rm(folder, { recursive: true, force: true })
})

function context(overrides: Partial<ProvisionContext> = {}): ProvisionContext {
  return {
    env: { PATH: binDir },
    cacheDir,
    progress: { report: (name, message) => lines.push(`${name} ${message}`) },
    temporalDownloads: unreachable,
    ...overrides,
  }
}

async function install(file: string, prints: string) {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `#!/bin/sh\necho '${prints}'\n`)
  await chmod(file, 0o755)
  return file
}

/** Serves the vendor's two steps (where is the archive, the archive) and counts the archives. */
async function startVendor(version: string) {
  await install(path.join(folder, 'release/temporal'), `temporal version ${version}`)
  const archive = path.join(folder, 'release.tar.gz')
  spawnSync('tar', ['-czf', archive, '-C', path.join(folder, 'release'), 'temporal'])
  const bytes = await readFile(archive)
  const asked: string[] = []
  vendor = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/release.tar.gz') response.end(bytes)
    else
      response.end(
        JSON.stringify({ archiveUrl: `${origin}/release.tar.gz`, fileToExtract: 'temporal' }),
      )
  }).listen(0, '127.0.0.1')
  await once(vendor, 'listening')
  const origin = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
  return { origin, asked }
}

describe('a server program', () => {
  it('that is installed and new enough is used as it is', async () => {
    const installed = await install(path.join(binDir, 'temporal'), 'temporal version 1.6.0')
    await expect(provisionTemporal(context())).resolves.toBe(installed)
  })

  it('that is installed but too old is passed over, with the reason', async () => {
    await install(path.join(binDir, 'mongod'), 'db version v4.4.29')
    const cached = await install(path.join(cacheDir, 'mongod-6.0.5/mongod'), 'db version v6.0.5')
    await expect(provisionMongod(context())).resolves.toBe(cached)
    expect(lines).toEqual([expect.stringContaining('version 4.4.29 is older than 5.0.0')])
  })

  it('is downloaded from its vendor once, then taken from the cache', async () => {
    const { origin, asked } = await startVendor('1.8.2')
    const file = await provisionTemporal(context({ temporalDownloads: origin }))
    expect(file).toBe(path.join(cacheDir, 'temporal-1.8.2/temporal'))
    expect(asked).toEqual([
      expect.stringMatching(/^\/cli\/v1\.8\.2\?platform=\w+&arch=\w+$/),
      '/release.tar.gz',
    ])
    expect(await readdir(cacheDir)).toEqual(['temporal-1.8.2'])
    expect(await readdir(path.dirname(file))).toEqual(['temporal'])

    await expect(provisionTemporal(context())).resolves.toBe(file)
    expect(lines.at(-1)).toMatch(/^temporal ready \(\d+\.\d s\)$/)
  })

  it('that is damaged in the cache is removed and fetched again, and this is said', async () => {
    const { origin } = await startVendor('1.8.2')
    const cached = path.join(cacheDir, 'temporal-1.8.2/temporal')
    await install(cached, 'temporal version 1.8.2')
    await writeFile(cached, 'half a progr')
    await expect(provisionTemporal(context({ temporalDownloads: origin }))).resolves.toBe(cached)
    expect(await readFile(cached, 'utf8')).toContain('temporal version 1.8.2')
    expect(lines[0]).toContain('temporal-1.8.2 is damaged, removing it')
  })

  it('is not accepted from a source that delivers another version', async () => {
    const { origin } = await startVendor('1.7.0')
    const attempt = provisionTemporal(context({ temporalDownloads: origin }))
    await expect(attempt).rejects.toThrow('version 1.7.0 instead of 1.8.2')
    expect(await readdir(cacheDir)).toEqual([])
  })

  it('that no source has ends in one message with every reason and remedy', async () => {
    const attempt = provisionTemporal(context())
    await expect(attempt).rejects.toThrow(ProvisioningError)
    await expect(attempt).rejects.toThrow(
      [
        'temporal is needed and could not be had. Tried:',
        '  - downloading the release from its vendor: vendor host 127.0.0.1 not reachable',
        '  - building from the Go module proxy, about 4 min once: go: not found',
        'What to do, one of:',
        '  - use a running server: JOINT_FORCE_TEMPORAL_ADDRESS=host:7233',
      ].join('\n'),
    )
    expect(lines).toEqual([
      'temporal not on this machine → downloading the release from its vendor',
      expect.stringMatching(
        /^temporal vendor host 127\.0\.0\.1 not reachable \(\d\.\d s\) → building from the Go/,
      ),
    ])
  })

  it('wanted twice at the same time is fetched once', async () => {
    const { origin, asked } = await startVendor('1.8.2')
    const both = [1, 2].map(() => provisionTemporal(context({ temporalDownloads: origin })))
    const [first, second] = await Promise.all(both)
    expect(first).toBe(second)
    expect(asked.filter((url) => url === '/release.tar.gz')).toHaveLength(1)
  })

  it('is fetched although a process that was fetching it has been killed', async () => {
    const { origin } = await startVendor('1.8.2')
    const killed = spawnSync(process.execPath, ['-e', '0']).pid
    await mkdir(path.join(cacheDir, `temporal-1.8.2.staging-${killed}`), { recursive: true })
    await writeFile(path.join(cacheDir, 'temporal.lock'), String(killed))
    await provisionTemporal(context({ temporalDownloads: origin }))
    expect(await readdir(cacheDir)).toEqual(['temporal-1.8.2'])
  })

  it('is fetched although the lock of who fetches it names nobody', async () => {
    const { origin } = await startVendor('1.8.2')
    await mkdir(cacheDir)
    await writeFile(path.join(cacheDir, 'temporal.lock'), '')
    await provisionTemporal(context({ temporalDownloads: origin }))
    expect(await readdir(cacheDir)).toEqual(['temporal-1.8.2'])
  })
})

describe('a browser', () => {
  it('is the one the environment names, before an installed one', async () => {
    const installed = await install(path.join(binDir, 'google-chrome'), 'Google Chrome 147')
    const env = { PATH: binDir, CHROME_PATH: '/opt/chrome' }
    expect(await provisionChromium(context({ env }))).toMatchObject({
      executablePath: '/opt/chrome',
    })
    expect(await provisionChromium(context())).toMatchObject({ executablePath: installed })
  })
})

describe('versions', () => {
  it.each([
    ['1.10.0', '1.9.0', true],
    ['1.5.0', '1.5.0', true],
    ['1.4.9', '1.5.0', false],
    ['2.0.0', '1.5.0', true],
    ['5.0', '5.0.1', false],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected)
  })
})
