import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { ATTESTATION_VERSIONS } from '../../domain/vocabulary.js'
import { sha256Hex } from '../../platform/digest.js'
import { statementFor } from '../../wording/statements.js'
import { LOCALES } from '../../wording/vocabulary.js'

/** Records say which version somebody accepted: what it said then it must say for ever. */
const ACCEPTED: Record<string, string> = {
  '2026-1': '28d244b496e294d32d05902a48726619d6476be59facfedd6934bcafd4be31bf',
}

describe('the good-faith statement', () => {
  it.each(ATTESTATION_VERSIONS)('in version %s says what people accepted', (version) => {
    const said = LOCALES.map((locale) => statementFor(locale, version))
    expect(sha256Hex(said.join('\n'))).toBe(ACCEPTED[version])
  })

  it('stands in the contract, for those who send it', () => {
    expect(readFileSync('openapi.json', 'utf8')).toContain(statementFor('en'))
  })
})
