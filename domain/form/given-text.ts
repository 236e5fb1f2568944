/**
 * What people write, as a pattern of JSON Schema (matched with the flag `u`): a control character
 * other than a tab or a line's end is nothing anybody typed, and half a surrogate pair cannot be
 * written down.
 */
export const TEXT_PATTERN = '^[^\\u0000-\\u0008\\u000e-\\u001f\\u007f\\ud800-\\udfff]*$'

/** What listings show. Sellers write control characters into it, which must not save them from us. */
export const SHOWN_PATTERN = '^[^\\u0000\\ud800-\\udfff]*$'

/** An id of somebody else's (listing, seller, SKU, report): no character in it is one nobody sees. */
export const ID_PATTERN =
  '^[^\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e' +
  '\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb]*$'

/** An address of a page as browsers send it; `tidied` brings every address they take into this form. */
export const ADDRESS_PATTERN = '^https?://([a-z0-9_.-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?/[!-~]*$'

const UNSEEN = /[\s\p{Cc}\p{Cf}]/u

/**
 * The text without white space, byte order marks and other characters nobody sees at either end:
 * `S1`, `S1 ` and `\ufeffS1` of three spreadsheets are one id. Linear in its length.
 */
export function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && UNSEEN.test(text.charAt(start))) start++
  while (end > start && UNSEEN.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/**
 * Data as it was parsed from JSON, with every text in it trimmed, and every member `url` as browsers
 * send it (`https://例子.example/máscara` → `https://xn--fsqu00a.example/m%C3%A1scara`); an address
 * that is none stays, for the schema to refuse. Changes the data in place. Linear, however deep.
 */
export function tidied(given: unknown): unknown {
  const whole: Record<string, unknown> = { given }
  const holders = [whole]
  for (let holder = holders.pop(); holder; holder = holders.pop()) {
    for (const [name, member] of Object.entries(holder)) {
      if (typeof member === 'string') {
        holder[name] = name === 'url' ? asAddress(trimmed(member)) : trimmed(member)
      } else if (typeof member === 'object' && member !== null) {
        holders.push(member as Record<string, unknown>)
      }
    }
  }
  return whole['given']
}

function asAddress(text: string): string {
  return URL.canParse(text) ? new URL(text).href : text
}
