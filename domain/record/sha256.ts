/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const ROUND_CONSTANTS = primes(64).map((prime) => fractionBits(Math.cbrt(prime)))
/** The same of the square roots of the first 8 primes. */
const INITIAL = primes(8).map((prime) => fractionBits(Math.sqrt(prime)))

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) found.push(n)
  }
  return found
}

function fractionBits(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0
}

/**
 * SHA-256 of a text in UTF-8, in lower-case hex. Of our own because workflows, which have no
 * `crypto`, must find the same hash as everybody else; a test compares it with Node's.
 */
export function sha256Hex(text: string): string {
  const bytes = padded(utf8(text))
  const hash = [...INITIAL]
  for (let at = 0; at < bytes.length; at += 64) addBlock(hash, bytes, at)
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code, 0))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code, 6), tail(code, 0))
    else bytes.push(0xf0 | (code >> 18), tail(code, 12), tail(code, 6), tail(code, 0))
  }
  return bytes
}

function tail(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f)
}

/** The bytes, a 1 bit, zeros, and the length in bits: whole blocks of 64. */
function padded(bytes: number[]): number[] {
  const bits = bytes.length * 8
  const all = [...bytes, 0x80]
  while (all.length % 64 !== 56) all.push(0)
  for (const half of [Math.floor(bits / 2 ** 32), bits]) {
    for (const shift of [24, 16, 8, 0]) all.push((half >>> shift) & 0xff)
  }
  return all
}

function addBlock(hash: number[], bytes: readonly number[], at: number): void {
  const word = new Int32Array(64)
  for (let i = 0; i < 16; i++) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(at + i * 4, at + i * 4 + 4)
    word[i] = (a << 24) | (b << 16) | (c << 8) | d
  }
  const w = (i: number) => word[i] ?? 0
  for (let i = 16; i < 64; i++) {
    const s0 = turned(w(i - 15), 7) ^ turned(w(i - 15), 18) ^ (w(i - 15) >>> 3)
    const s1 = turned(w(i - 2), 17) ^ turned(w(i - 2), 19) ^ (w(i - 2) >>> 10)
    word[i] = w(i - 16) + s0 + w(i - 7) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const choice = (e & f) ^ (~e & g)
    const one = (h + s1 + choice + (ROUND_CONSTANTS[i] ?? 0) + w(i)) | 0
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + s0 + majority) | 0]
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries())
    hash[i] = ((hash[i] ?? 0) + value) | 0
}

function turned(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by))
}
