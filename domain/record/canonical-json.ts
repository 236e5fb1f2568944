/**
 * The canonical JSON of a value by RFC 8785: no white space, object keys sorted by UTF-16 code
 * units, numbers and strings as ECMAScript writes them. Equal values give equal text, so its hash
 * can be compared.
 *
 * Object members that are `undefined` are left out. Numbers that are not finite, and whatever JSON
 * has no form for (functions, dates, class instances, `undefined` in a list), throw a `TypeError`
 * naming the place. A lone surrogate is written as its `\uXXXX` escape where RFC 8785 would refuse
 * the text: an event that was acknowledged must stay writable whatever a seller put in a title.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$')
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value)
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => write(item, `${path}[${index}]`)).join(',')}]`
  }
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${write(value[key], `${path}.${key}`)}`)
    return `{${members.join(',')}}`
  }
  const what = typeof value === 'number' ? String(value) : `of type ${typeof value}`
  throw new TypeError(`canonicalJson: ${path} is ${what}; turn it into plain JSON data first`)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
