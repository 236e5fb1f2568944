import type { AttestationVersion } from '../domain/vocabulary.js'

/**
 * The good-faith statement (DSA Art. 16(2)(d)) in one language, by version. Records name the version
 * that was accepted, so the words of a version never change: other words are another version.
 */
export type StatementWords = Record<AttestationVersion, string>
