import { describe, expect, it } from '@jest/globals'
import { Compile } from 'typebox/compile'
import { NewDecisionSchema } from '../../contract/decision.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { type Role, VERDICTS } from '../../domain/vocabulary.js'
import { answerOf, EMPTY_DRAFT, lacksOf } from '../../portal/case/draft.js'
import { consequenceOf, verdictGroups, verdictKeys } from '../../portal/case/verdicts.js'

const decision = Compile(NewDecisionSchema)
const NOW = Date.parse('2026-03-02T08:00:00Z')
const DECIDERS = ['brandMember', 'brandAdmin', 'accountManager', 'lead'] as const

describe('the verdicts on offer', () => {
  it.each(DECIDERS)('are in groups by what follows, each by a key of its own: %s', (role) => {
    const keys = verdictKeys(role)
    const listed = verdictGroups(role).flatMap(({ consequence, verdicts }) => {
      for (const verdict of verdicts) expect(consequenceOf(verdict)).toBe(consequence)
      return verdicts
    })
    expect([...keys.keys()]).toEqual(listed)
    expect(new Set(keys.values()).size).toBe(listed.length)
    expect([...keys.values()]).not.toContain('')
  })

  it('are the platform’s for its staff, and the others for the brand', () => {
    const of = (role: Role) => [...verdictKeys(role).keys()]
    expect(of('brandMember')).not.toContain('insufficientEvidence')
    expect(of('lead')).not.toContain('unsure')
    expect(new Set([...of('brandMember'), ...of('lead')])).toEqual(new Set(VERDICTS))
  })
})

describe('a draft', () => {
  const full = {
    ...EMPTY_DRAFT,
    explanation: ' seen ',
    question: 'which?',
    proof: 'by phone',
    isStated: true,
  }

  it.each(DECIDERS.flatMap((role) => VERDICTS.map((verdict) => [role, verdict] as const)))(
    'of %s becomes an answer that the API takes: %s',
    (role, verdict) => {
      const answer = answerOf({ ...full, verdict, isRemembered: true }, role, NOW)
      expect([...decision.Errors(answer)]).toEqual([])
      expect(answer).toMatchObject({ verdict, explanation: 'seen' })
      expect(lacksOf({ ...full, verdict }, role)).toEqual([])
    },
  )

  it('lacks what its verdict needs, and only of whom it is asked', () => {
    expect(lacksOf(EMPTY_DRAFT, 'brandMember')).toEqual(['verdict'])
    const confirmed = { ...EMPTY_DRAFT, verdict: 'counterfeit' as const }
    expect(lacksOf(confirmed, 'brandMember')).toEqual(['statement'])
    expect(lacksOf(confirmed, 'accountManager')).toEqual([])
    expect(lacksOf({ ...EMPTY_DRAFT, verdict: 'needInfo', question: ' ' }, 'brandAdmin')).toEqual([
      'question',
    ])
  })

  it('remembers a seller for 90 days, only with the verdict that says so', () => {
    const remembered = { ...full, isRemembered: true }
    const until = new Date(NOW + 90 * DAY_MS).toISOString()
    expect(
      answerOf({ ...remembered, verdict: 'authorisedSeller' }, 'brandMember', NOW),
    ).toMatchObject({
      allowList: { until },
    })
    expect(answerOf({ ...remembered, verdict: 'genuine' }, 'brandMember', NOW)).not.toHaveProperty(
      'allowList',
    )
  })

  it('does not say how a brand answered where the brand itself does', () => {
    expect(answerOf({ ...full, verdict: 'genuine' }, 'brandMember', NOW)).not.toHaveProperty(
      'proof',
    )
    expect(answerOf({ ...full, verdict: 'genuine' }, 'lead', NOW)).toMatchObject({
      proof: 'by phone',
    })
  })
})
