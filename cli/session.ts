import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { parseApiKey } from '../platform/api-key.js'
import { decodeText } from '../platform/decode-text.js'
import { messageOf } from '../platform/message-of.js'
import { printableJson } from '../platform/terminal-text.js'
import { type ApiClient, createApiClient } from '../client/client.js'
import { usageError } from './exit.js'
import { type Io, type Paint, painter } from './io.js'
import { widthOf } from '../platform/terminal-output.js'
import { span } from './moments.js'

const DEFAULT_API_URL = 'http://127.0.0.1:8700'
/** A person is waiting: rather say that the service is away than try for long. */
const ATTEMPTS = 3

/** Options of every command. */
export interface GlobalOptions {
  json?: boolean
  apiUrl?: string
  apiKeyFile?: string
}

/** One run of one command: its options, its outputs, and the API it talks to. */
export interface Session {
  io: Io
  json: boolean
  nowMs: number
  /** Width of the terminal; absent in a pipe. */
  width: number | undefined
  paint: Paint
  /** The API under the caller's key. Throws a usage error when there is no key. */
  api(): Promise<ApiClient>
  /** The result: as JSON with `--json`, else the text. */
  print(value: unknown, text: string | (() => string)): void
  /** A result that is JSON also without `--json`. */
  printJson(value: unknown): void
  /** A line for the person in front, beside the result. */
  say(line: string): void
  /** The text of a file, or of the standard input for `-`. Throws a usage error. */
  read(file: string): Promise<string>
}

/** The session of a command as it was called. */
export function openSession(io: Io, command: Command): Session {
  const options = command.optsWithGlobals<GlobalOptions>()
  const { json = false } = options
  const say = (line: string) => void io.stderr.write(`${line}\n`)
  return {
    io,
    json,
    say,
    nowMs: Date.now(),
    width: widthOf(io.stdout),
    paint: painter(io, io.stdout),
    async api() {
      const url = (options.apiUrl ?? (io.env['JOINT_FORCE_API_URL'] || DEFAULT_API_URL)).trim()
      if (!/^https?:\/\/[^/]/.test(url)) {
        throw usageError(`"${url}" is no address of an API; give http://host:port`)
      }
      return createApiClient(url, await apiKeyOf(io, options), {
        retry: { attempts: ATTEMPTS },
        onWait: (why, ms) => say(`${why}; trying again in ${span(Math.max(ms, 1000))}`),
      })
    },
    print(value, shown) {
      const result = json ? printableJson(value) : typeof shown === 'string' ? shown : shown()
      if (result !== '') io.stdout.write(`${result}\n`)
    },
    printJson: (value) => void io.stdout.write(`${printableJson(value)}\n`),
    read: async (file) => {
      if (file === '-') return textOf(await buffer(io.stdin), 'the standard input')
      const bytes = await readFile(file).catch((cause: unknown) => {
        throw usageError(`cannot read the file ${file}; check its name`, cause)
      })
      return textOf(bytes, file)
    },
  }
}

function textOf(bytes: Buffer, name: string): string {
  try {
    return decodeText(bytes)
  } catch (cause) {
    throw usageError(`${name} is not UTF-8; save it in that encoding (CSV UTF-8)`, cause)
  }
}

/** Checked before it goes anywhere: HTTP libraries repeat a header they cannot send. */
async function apiKeyOf(io: Io, { apiKeyFile }: GlobalOptions): Promise<string> {
  const given = apiKeyFile === undefined ? io.env['JOINT_FORCE_API_KEY'] : await keyIn(apiKeyFile)
  const key = given?.trim() ?? ''
  if (key === '') {
    throw usageError('give your API key: JOINT_FORCE_API_KEY in the environment, or --api-key-file')
  }
  if (!parseApiKey(key)) {
    throw usageError('the API key is not one: it begins with jf_live_ and is copied as a whole')
  }
  return key
}

async function keyIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError(`cannot read the key file ${file}; check its name`, cause)
  })
}

/** The JSON in a file; the message of the usage error says where it breaks. */
export async function readJson(session: Session, file: string): Promise<unknown> {
  const content = await session.read(file)
  try {
    return JSON.parse(content)
  } catch (cause) {
    throw usageError(
      `${file === '-' ? 'the standard input' : file} is not JSON: ${messageOf(cause)}`,
      cause,
    )
  }
}
