/**
 * Text of others so that a reader of Markdown sees exactly it: no emphasis, link, picture or markup
 * of theirs. The escapes are those of CommonMark; bare addresses are broken up too, because
 * renderers make links of them.
 */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~|&@!#]/g, '\\$&')
    .replace(/:\/\//g, '\\:\\/\\/')
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}\\.`)
}
