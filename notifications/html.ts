/** Markup that may be put into a page as it is. Only `html` makes it. */
export interface SafeHtml {
  readonly markup: string
}

type HtmlValue = string | SafeHtml | readonly SafeHtml[] | null

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template whose values are escaped unless they are `html` themselves; `null` is nothing. */
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
  if (value === null) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
  return 'markup' in value ? value.markup : value.map((part) => part.markup).join('')
}
