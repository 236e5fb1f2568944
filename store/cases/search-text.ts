/** Text as it is searched: one form per character, no case, no accents. */
export function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
}
