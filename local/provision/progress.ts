/** Where long steps say what they are doing and why. */
export interface Progress {
  /** `name`: the server or step spoken about; `message`: one line for a person. */
  report(name: string, message: string): void
}

/**
 * Progress as plain lines with the seconds since the start, so that it reads the same on a
 * terminal, in a pipe and in a build log.
 */
export function lineProgress(
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Progress {
  const startedAtMs = performance.now()
  return {
    report(name, message) {
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
      write(`${seconds.padStart(6)} s  ${name.padEnd(12)} ${message}`)
    },
  }
}

/** For callers that show nothing. */
export const silentProgress: Progress = { report: () => undefined }

/** `83.4 → "83.4 s"`, from two readings of `performance.now()`. */
export function secondsSince(startedAtMs: number): string {
  return `${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`
}
