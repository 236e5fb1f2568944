import type { Logger, LogLevel, LogMetadata } from '@temporalio/worker'
import type { Level, Logger as PinoLogger } from 'pino'

/** Lets the Temporal SDK write through the process's own logger. */
export class TemporalLogger implements Logger {
  private readonly logger: PinoLogger

  constructor(logger: PinoLogger) {
    this.logger = logger
  }

  log(level: LogLevel, message: string, meta?: LogMetadata): void {
    const { error, ...rest } = (meta ?? {}) as LogMetadata & { error?: unknown }
    this.logger[level.toLowerCase() as Level](error ? { ...rest, err: error } : rest, message)
  }
  trace(message: string, meta?: LogMetadata): void {
    this.log('TRACE', message, meta)
  }
  debug(message: string, meta?: LogMetadata): void {
    this.log('DEBUG', message, meta)
  }
  info(message: string, meta?: LogMetadata): void {
    this.log('INFO', message, meta)
  }
  warn(message: string, meta?: LogMetadata): void {
    this.log('WARN', message, meta)
  }
  error(message: string, meta?: LogMetadata): void {
    this.log('ERROR', message, meta)
  }
}
