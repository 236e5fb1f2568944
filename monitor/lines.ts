import { decodeText } from '../platform/decode-text.js'

/** Longer lines are not held in memory: they are reported and passed over. */
const MAX_LINE_BYTES = 1024 * 1024

const NEWLINE = 0x0a

/** A line of a file by its number (from 1), or why it cannot be read. Blank lines are not reported. */
export type Line = { number: number } & ({ text: string } | { problem: string })

/**
 * Splits bytes into lines of UTF-8. Accepts LF and CRLF, a byte order mark and a last line without
 * an end; memory stays bounded however long a line is.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  let number = 1
  let parts: Uint8Array[] = []
  let sizeBytes = 0

  function add(part: Uint8Array): void {
    sizeBytes += part.length
    if (sizeBytes <= maxBytes) parts.push(part)
    else parts = []
  }
  function* endLine(): Generator<Line> {
    const line: Line =
      sizeBytes > maxBytes
        ? { number, problem: `the line is longer than ${maxBytes} bytes` }
        : decode(number, Buffer.concat(parts))
    if (!('text' in line) || line.text.trim() !== '') yield line
    number += 1
    parts = []
    sizeBytes = 0
  }

  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end))
      yield* endLine()
      start = end + 1
    }
    add(chunk.subarray(start))
  }
  if (sizeBytes > 0) yield* endLine()
}

/** The same for lines that are text already, such as those of a test or of another program. */
export async function* numberLines(lines: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0
  for await (const text of lines) {
    number += 1
    if (text.trim() !== '') yield { number, text }
  }
}

function decode(number: number, bytes: Uint8Array): Line {
  try {
    return { number, text: decodeText(bytes) }
  } catch {
    return { number, problem: 'the line is not UTF-8; save the file in that encoding' }
  }
}
