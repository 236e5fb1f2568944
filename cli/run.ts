import { CommanderError } from 'commander'
import { printable } from '../platform/terminal-text.js'
import { ApiRefusal, ApiUnreachable } from '../client/errors.js'
import { CommandError, EXIT, type ExitCode } from './exit.js'
import { type Io, painter } from './io.js'
import { createProgram } from './program.js'

/** Runs one command line and gives back the exit code. Never throws. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' })
    return EXIT.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    io.stderr.write(`${painter(io, io.stderr)('red', 'error:')} ${explanationOf(error)}\n`)
    return exitCodeOf(error)
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode
  if (error instanceof ApiUnreachable) return EXIT.unreachable
  if (!(error instanceof ApiRefusal)) return EXIT.failed
  const { status, code } = error
  if (code === 'already-decided' || code === 'case-closed') return EXIT.tooLate
  if (status === 404) return EXIT.notFound
  if (status === 429 || status === 503) return EXIT.unreachable
  return status >= 500 ? EXIT.failed : EXIT.refused
}

function explanationOf(error: unknown): string {
  if (error instanceof ApiRefusal) return refusalInWords(error)
  if (error instanceof ApiUnreachable) {
    return printableLines(
      `The API cannot be reached: ${error.message}. Is the address right (JOINT_FORCE_API_URL)?`,
    )
  }
  if (error instanceof CommandError) return printableLines(error.message)
  if (!(error instanceof Error)) return String(error)
  return error.stack ?? error.message
}

interface Winner {
  verdict?: string
  role?: string
  decidedAt?: string
}

function refusalInWords({ code, problem }: ApiRefusal): string {
  const { title, detail, errors, winner, outcome, allowed, requestId } = problem
  const lines = [`${text(title, 'Refused')} (${code}): ${text(detail, 'no reason given')}`]
  if (Array.isArray(errors)) {
    for (const { pointer, message } of errors as { pointer?: string; message?: string }[]) {
      lines.push(`  ${pointer || '/'} ${message ?? ''}`)
    }
  }
  if (winner !== undefined) {
    const { verdict, role, decidedAt } = winner as Winner
    lines.push(`  decided first: ${verdict ?? '?'}, by ${role ?? '?'}, ${decidedAt ?? ''}`)
  }
  if (typeof outcome === 'string') lines.push(`  outcome: ${outcome}`)
  if (Array.isArray(allowed) && allowed.length > 0) {
    lines.push(`  possible now: ${allowed.join(', ')}`)
  }
  if (code === 'internal') lines.push(`  request id: ${text(requestId, 'unknown')}`)
  return lines.map(printable).join('\n')
}

function printableLines(message: string): string {
  return message.split('\n').map(printable).join('\n')
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
