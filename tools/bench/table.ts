const GAP = '  '

/** Rows of cells as lines: the first column to the left, numbers to the right, the heads first. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heads, ...rows]
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines.map((line) =>
    widths
      .map((width, i) =>
        i === 0 ? (line[i] ?? '').padEnd(width) : (line[i] ?? '').padStart(width),
      )
      .join(GAP)
      .trimEnd(),
  )
}

/** `8.4 ms`, `840 ms`, `8.4 s`, `5.0 min` */
export function duration(ms: number): string {
  if (ms >= 120_000) return `${(ms / 60_000).toFixed(1)} min`
  if (ms >= 2_000) return `${(ms / 1_000).toFixed(1)} s`
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
}

/** `1,234` */
export function count(number: number): string {
  return number.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/** `12.3 MiB` */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
