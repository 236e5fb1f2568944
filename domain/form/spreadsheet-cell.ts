/** What a spreadsheet would take for a formula, or for a mark that says it is none. */
const LOOKS_LIKE_FORMULA = /^'*[=+\-@\t\r]/
const SAID_TO_BE_TEXT = /^'(?='*[=+\-@\t\r])/

/** A text as a cell that no spreadsheet computes: an apostrophe says that it is text. */
export function forSpreadsheet(text: string): string {
  return LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text
}

/** The text of such a cell. */
export function fromSpreadsheet(cell: string): string {
  return cell.replace(SAID_TO_BE_TEXT, '')
}
