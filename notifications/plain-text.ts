/** Line ends and other controls, and the marks that reorder or hide what follows them. */
const LAYOUT_TRICKS =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u{200b}\u{2060}-\u{206f}\u{feff}\u{e0000}-\u{e007f}]+/gu
const LONE_SURROGATE = /\p{Cs}/gu
const LINK = /\S*(?::\/\/|www\.)\S*/giu
/** `shop.example`: mail programs make links of these, too. A figure (39.90) has no letters there. */
const DOMAIN_DOT = /(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu

/**
 * Foreign text as one harmless line of at most `maxLength` characters (code points), cut with `…`.
 * Line ends would start a new mail header; direction marks would let a title rewrite its neighbours.
 */
export function oneLine(text: string, maxLength: number): string {
  const line = text
    .replace(LONE_SURROGATE, '\u{fffd}')
    .replace(LAYOUT_TRICKS, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length <= maxLength
    ? line
    : characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd() + '…'
}

/**
 * `oneLine` for what a seller or a stranger wrote, with addresses made unclickable (`shop[.]example`):
 * mail programs turn them into links, and a link inside our mail looks like ours.
 */
export function quotedLine(text: string, maxLength: number): string {
  return oneLine(nameLine(text, maxLength * 2).replace(DOMAIN_DOT, '[.]'), maxLength)
}

/** The same for names that people of ours gave, which may look like a domain (Booking.com). */
export function nameLine(text: string, maxLength: number): string {
  const unlinked = oneLine(text, maxLength * 2).replace(LINK, (link) =>
    link.replace(/[.:]/g, '[$&]'),
  )
  return oneLine(unlinked, maxLength)
}

/** The address itself when it is an http(s) URL, else `null`: nothing else may become a link. */
export function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
