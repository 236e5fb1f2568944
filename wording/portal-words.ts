import type { portalEn } from './en/portal.js'

/** Every sentence of the portal by its name; a language that lacks one does not compile. */
export type PortalWord = keyof typeof portalEn

/** The sentences in one language, in the form of ICU messages: `{count, plural, one {# case} other {# cases}}`. */
export type PortalWords = Readonly<Record<PortalWord, string>>
