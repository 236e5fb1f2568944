import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'

/**
 * Runs `close` once on SIGTERM, SIGINT, an uncaught error, or when the supervising process goes
 * away (its IPC channel disconnects), then exits. `close` must settle within `delayMs`.
 */
export function onShutdown(logger: Logger, delayMs: number, close: () => Promise<void>): void {
  const grace = closeWithGrace({ delay: delayMs, logger }, async ({ signal, err }) => {
    if (err) logger.error({ err }, 'closing after an error')
    else logger.info({ signal }, 'closing')
    await close()
  })
  if (process.connected) process.on('disconnect', () => void grace.close())
}
