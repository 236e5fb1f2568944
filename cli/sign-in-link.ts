import { LINK_LIFE_MS } from '../domain/person/sign-in-links.js'
import { randomSecret, sha256Hex } from '../platform/digest.js'
import type { Store } from '../store/store.js'

/** Whom a link is for, and where the service is reached. */
export interface LinkRequest {
  email: string
  publicUrl: string
  nowMs: number
}

/** A link that lets its person in once, in any browser, until a moment. */
export interface HandedLink {
  url: string
  personId: string
  name: string
  expiresAt: Date
}

/**
 * Makes a link without a mail, directly in the database: for whoever cannot get mail, and for the
 * first who sign in. `null` when nobody active has the address.
 */
export async function handOutLink(
  { people, signInLinks }: Pick<Store, 'people' | 'signInLinks'>,
  { email, publicUrl, nowMs }: LinkRequest,
): Promise<HandedLink | null> {
  const person = await people.findByEmail(email)
  if (!person || person.deactivatedAt !== null) return null
  const { personId, name } = person
  const token = randomSecret()
  const expiresAt = new Date(nowMs + LINK_LIFE_MS.handed)
  await signInLinks.add({
    ...{ hash: sha256Hex(token), personId, kind: 'handed', browserHash: null, codeHash: null },
    ...{ createdAt: new Date(nowMs), expiresAt },
  })
  return { url: `${publicUrl}/sign-in#${token}`, personId, name, expiresAt }
}
