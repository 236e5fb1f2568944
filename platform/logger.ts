import { type Logger, pino } from 'pino'

/** Everything that must never be written to a log, wherever it hangs in a record. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  '*.authorization',
  '*.token',
  '*.secret',
  '*.password',
  '*.email',
]

/** The process's logger: JSON lines, pretty on a terminal when `pino-pretty` is installed. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    redact: { paths: REDACTED, censor: '[redacted]' },
    ...(process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {}),
  })
}

export type { Logger }
