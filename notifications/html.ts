/** Markup that may be put into a page as it is. Only `html` makes it. */
export interface SafeHtml {
  readonly markup: string
}

/** What a template takes; `null`, `undefined` and `false` are nothing. */
type HtmlValue = string | number | SafeHtml | readonly HtmlValue[] | null | undefined | false

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * A template whose values are escaped, for element content and quoted attributes, unless they are
 * `html` themselves.
 */
export function html(fragments: TemplateStringsArray, ...values: HtmlValue[]): SafeHtml {
  const markup = fragments.reduce(
    (before, fragment, index) =>
      before + markupOf(values[index - 1] ?? null) + withoutIndent(fragment),
    '',
  )
  return { markup }
}

/** The layout of our source is of no use to a reader and would double a mail's size. */
function withoutIndent(fragment: string): string {
  return fragment.replace(/\s*\n\s*/g, '\n')
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'object') {
    return 'markup' in value ? value.markup : value.map(markupOf).join('')
  }
  return String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
