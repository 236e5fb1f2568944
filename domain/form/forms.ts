import { ID_PATTERN, SHOWN_PATTERN, TEXT_PATTERN } from './given-text.js'
import { parseCaseId, SLUG_MAX, SLUG_PATTERN } from '../case/identity.js'
import { parseInstant } from './instants.js'

/**
 * What is wrong with a value that came from outside, in words for whoever sent it, or `null` when
 * it fits. `at` names its place. Whatever is given, a form neither throws nor changes it.
 */
export type Form = (value: unknown, at: string) => string | null

/** A field that may be absent. */
export interface OptionalField {
  optional: Form
}

/** A form for each field of `T`; those that `T` may lack are optional. */
export type FieldsOf<T> = {
  [K in keyof T]-?: undefined extends T[K] ? OptionalField : Form
}

/** The field may be absent. */
export function optional(form: Form): OptionalField {
  return { optional: form }
}

/** A pattern, and the words that say what it wants. */
type Wanted = readonly [RegExp, string]

const TEXT: Wanted = [new RegExp(TEXT_PATTERN, 'u'), 'text without control characters']
const SHOWN: Wanted = [new RegExp(SHOWN_PATTERN, 'u'), 'text without the NUL character']
const ID: Wanted = [new RegExp(ID_PATTERN, 'u'), 'an id without spaces around it']

/** Text that people write, of so many Unicode characters. */
export function text(
  maxLength: number,
  { minLength = 1, pattern = TEXT }: { minLength?: number; pattern?: Wanted } = {},
): Form {
  const [regExp, wanted] = pattern
  return (value, at) => {
    if (typeof value !== 'string') return `${at} must be text`
    // A character has at most two code units: what is far too long need not be counted.
    const length = value.length > 2 * maxLength ? value.length : [...value].length
    if (length > maxLength) return `${at} must have at most ${maxLength} characters`
    if (length < minLength) return `${at} must have at least ${minLength} characters`
    return regExp.test(value) ? null : `${at} must be ${wanted}`
  }
}

/** Text that a listing shows. */
export function shownText(maxLength: number, minLength = 1): Form {
  return text(maxLength, { minLength, pattern: SHOWN })
}

/** An id of somebody else's, such as a listing's. */
export function id(maxLength: number): Form {
  return text(maxLength, { pattern: ID })
}

/** One of a closed list of words. */
export function word(words: readonly string[]): Form {
  return (value, at) =>
    typeof value === 'string' && words.includes(value)
      ? null
      : `${at} must be one of: ${words.join(', ')}`
}

/** A finite number between `min` and `max`, both included. */
export function number(min: number, max: number): Form {
  return (value, at) =>
    typeof value === 'number' && value >= min && value <= max
      ? null
      : `${at} must be a number from ${min} to ${max}`
}

/** A whole number between `min` and `max`, both included. */
export function integer(min: number, max: number): Form {
  return (value, at) =>
    Number.isInteger(value) ? number(min, max)(value, at) : `${at} must be a whole number`
}

/** An instant as epoch milliseconds. */
export const epochMs = integer(0, 8.64e15)

/** The id of a brand, a marketplace or somebody of the staff. */
export const slug: Form = text(SLUG_MAX, {
  pattern: [new RegExp(SLUG_PATTERN), 'an id of lower-case words joined by hyphens'],
})

/** The id of a case, whether or not there is one. */
export const caseId: Form = (value, at) =>
  typeof value === 'string' && parseCaseId(value) !== null ? null : `${at} must be the id of a case`

/** `true` or `false`; no text that says so. */
export const truth: Form = (value, at) =>
  typeof value === 'boolean' ? null : `${at} must be true or false`

/** That value and no other. */
export function exactly(only: string | number | boolean | null): Form {
  return (value, at) => (value === only ? null : `${at} must be ${JSON.stringify(only)}`)
}

/** What fits one of the forms; the complaint is that of the last. */
export function either(...forms: readonly [Form, ...Form[]]): Form {
  return (value, at) => {
    let problem: string | null = null
    for (const form of forms) {
      problem = form(value, at)
      if (problem === null) return null
    }
    return problem
  }
}

/** An instant as ISO 8601 with a time zone, as `parseInstant` reads it. */
export const instant: Form = (value, at) =>
  typeof value === 'string' && parseInstant(value) !== null
    ? null
    : `${at} must be an ISO 8601 instant with a time zone, like 2026-01-31T12:00:00Z`

/** A list of at most `maxItems` that each have the form. */
export function list(item: Form, maxItems: number, minItems = 0): Form {
  return (value, at) => {
    if (!Array.isArray(value)) return `${at} must be a list`
    if (value.length < minItems || value.length > maxItems) {
      return `${at} must have ${minItems} to ${maxItems} items`
    }
    for (const [index, each] of value.entries()) {
      const problem = item(each, `${at}[${index}]`)
      if (problem !== null) return problem
    }
    return null
  }
}

/** An object with these fields and no others. */
export function fields<T>(known: FieldsOf<T>): Form {
  const complete = atLeast(known)
  return (value, at) => {
    const problem = complete(value, at)
    if (problem !== null) return problem
    const unknown = Object.keys(value as object).find((name) => !Object.hasOwn(known, name))
    return unknown === undefined
      ? null
      : `${at} has the unknown field ${JSON.stringify(unknown.slice(0, 100))}`
  }
}

/** An object with these fields, whatever else it has. */
export function atLeast<T>(known: FieldsOf<T>): Form {
  const forms: Record<string, Form | OptionalField> = known
  return (value, at) => {
    if (!isObject(value)) return `${at} must be an object`
    for (const [name, form] of Object.entries(forms)) {
      const isOptional = typeof form !== 'function'
      const given = Object.hasOwn(value, name) ? value[name] : undefined
      if (given === undefined) {
        if (isOptional) continue
        return `${at} lacks "${name}"`
      }
      const problem = (isOptional ? form.optional : form)(given, `"${name}"`)
      if (problem !== null) return problem
    }
    return null
  }
}

/** An object whose every value has the form; at most so many. */
export function dictionary(form: Form, maxKeys: number): Form {
  return (value, at) => {
    if (!isObject(value)) return `${at} must be an object`
    return list(form, maxKeys)(Object.values(value), at)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
