import { createHash } from 'node:crypto'
import sharp from 'sharp'

const SIZE = 480

/** What of a listing its picture is drawn from. */
export interface Drawn {
  marketplace: string
  listingId: string
  title: string
}

/** What a title says is sold, and how that is drawn; the last is for everything else. */
const KINDS: readonly { named: RegExp; draw: (hue: number, turn: number) => string }[] = [
  { named: /charger|carregador|power adapter/i, draw: charger },
  { named: /cartucho|cartridge|tinta|toner|\bink\b/i, draw: cartridge },
  { named: /./s, draw: parcel },
]

/**
 * A PNG of what a listing sells, drawn by its title and its id: the same listing has the same picture,
 * another one another. Shapes of our own, and nobody's artwork.
 */
export async function drawPicture({ marketplace, listingId, title }: Drawn): Promise<Uint8Array> {
  const dice = createHash('sha256').update(`${marketplace} ${listingId}`).digest()
  const hue = (dice.readUInt16BE(0) * 360) / 65_536
  const turn = (dice.readUInt16BE(2) * 24) / 65_536 - 12
  const light = 88 + (dice.readUInt8(4) % 9)
  const kind = KINDS.find(({ named }) => named.test(title))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${SIZE}" height="${SIZE}">
    <rect width="100" height="100" fill="hsl(${(hue + 180) % 360},30%,${light}%)"/>
    <ellipse cx="50" cy="86" rx="34" ry="5" fill="#0003"/>
    <g transform="rotate(${turn} 50 50)">${kind?.draw(hue, turn) ?? ''}</g>
  </svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

function charger(hue: number, turn: number): string {
  const ports = turn > 0 ? [42, 54] : [48]
  return `<rect x="40" y="14" width="4" height="14" fill="#999"/><rect x="56" y="14" width="4" height="14" fill="#999"/>
    <rect x="28" y="26" width="44" height="56" rx="9" fill="hsl(${hue},12%,92%)" stroke="hsl(${hue},12%,60%)"/>
    <rect x="34" y="34" width="32" height="12" rx="3" fill="hsl(${hue},55%,55%)"/>
    ${ports.map((x) => `<rect x="${x}" y="66" width="8" height="4" rx="2" fill="#444"/>`).join('')}`
}

function cartridge(hue: number, turn: number): string {
  const label = turn > 0 ? 26 : 18
  return `<path d="M26 24h40l10 12v42a4 4 0 0 1-4 4H26a4 4 0 0 1-4-4V28a4 4 0 0 1 4-4z" fill="#2b2f36"/>
    <rect x="28" y="40" width="40" height="${label}" rx="2" fill="hsl(${hue},60%,55%)"/>
    <circle cx="38" cy="74" r="3" fill="#c9a94f"/><circle cx="48" cy="74" r="3" fill="#c9a94f"/>
    <circle cx="58" cy="74" r="3" fill="#c9a94f"/>`
}

function parcel(hue: number, turn: number): string {
  const tape = 44 + turn / 2
  return `<rect x="20" y="30" width="60" height="52" rx="2" fill="hsl(${hue},40%,58%)"/>
    <path d="M20 30l8-12h44l8 12z" fill="hsl(${hue},40%,68%)"/>
    <rect x="${tape}" y="18" width="12" height="64" fill="hsl(${hue},40%,80%)"/>`
}
