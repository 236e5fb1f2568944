import { chmod, rm } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runProgram } from './program.js'

const CONNECT_TIMEOUT_MS = 5_000
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000

/**
 * Downloads a program from Temporal's download service the way its SDKs do: ask where the archive
 * for this machine is, fetch it, unpack one file. Throws with a first line fit for a progress
 * report when the service cannot be reached.
 *
 * @param artifact `cli` or `temporal-test-server`
 * @param version `v1.8.2`, or `default`
 * @param target file to create; its folder receives the archive meanwhile
 */
export async function downloadFromTemporal(
  origin: string,
  artifact: string,
  version: string,
  target: string,
): Promise<void> {
  const query = new URLSearchParams({
    platform: process.platform,
    arch: process.arch === 'x64' ? 'amd64' : process.arch,
  })
  const answer = await get(
    `${origin}/${artifact}/${version}?${query.toString()}`,
    CONNECT_TIMEOUT_MS,
  )
  const { archiveUrl, fileToExtract } = (await answer.json()) as Record<string, unknown>
  if (typeof archiveUrl !== 'string' || typeof fileToExtract !== 'string')
    throw new Error(`download service answered without an archive for ${query.toString()}`)

  const folder = path.dirname(target)
  const archive = path.join(folder, 'archive')
  const { body } = await get(archiveUrl, DOWNLOAD_TIMEOUT_MS)
  if (!body) throw new Error(`${archiveUrl} is empty`)
  await pipeline(Readable.fromWeb(body), createWriteStream(archive))
  const strip = fileToExtract.split('/').length - 1
  const unpack = ['-xf', archive, '-C', folder, `--strip-components=${strip}`, fileToExtract]
  await runProgram('tar', unpack, { timeoutMs: 60_000 })
  await rm(archive)
  await chmod(target, 0o755)
}

async function get(url: string, timeoutMs: number): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  } catch (error) {
    throw new Error(`vendor host ${new URL(url).hostname} not reachable`, { cause: error })
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response
}
