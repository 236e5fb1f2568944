/** Exit codes, as `--help` and docs/cli.md explain them. A number never changes its meaning. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  tooLate: 5,
  unreachable: 6,
  auditFailed: 7,
  unhealthy: 8,
  partly: 9,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What each code says, in the order of the codes. */
export const EXIT_MEANINGS: Record<keyof typeof EXIT, string> = {
  ok: 'done',
  failed: 'something unexpected went wrong',
  usage: 'wrong command, option, file or configuration; nothing was changed',
  refused: 'the service refused it: the key, the value or the moment does not fit',
  notFound: 'there is no such thing, or it is not yours to see',
  tooLate: 'someone decided first, or the case is closed',
  unreachable: 'the API, Temporal or MongoDB cannot be reached, or did not answer in time',
  auditFailed: 'audit: a record is not what it was',
  unhealthy: 'doctor, reconcile: something needs a person',
  partly: 'a batch was done in part; the output says which items were refused',
}

/** Ends the command with a code of its own; the message says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The command cannot be meant as it was given. */
export function usageError(message: string, cause?: unknown): CommandError {
  return new CommandError(EXIT.usage, message, cause === undefined ? {} : { cause })
}
