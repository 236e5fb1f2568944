const PERSON_ID = /^p-[a-z2-7]{13}$/

/** The id of a person; `suffix` is 13 random characters of `[a-z2-7]`. */
export function personIdOf(suffix: string): string {
  return `p-${suffix}`
}

/** True for the id of a person, not that of a key, a contact or an account manager. */
export function isPersonId(id: string): boolean {
  return PERSON_ID.test(id)
}
