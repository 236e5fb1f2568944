import { describe, expect, it } from '@jest/globals'
import { presentEvents } from '../../api/present/event.js'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import { clauseInWords } from '../../portal/case/clause-words.js'
import { timelineOf, turnsOf } from '../../portal/case/timeline.js'
import type { Span } from '../../portal/words/time-left.js'
import type { PortalWord } from '../../wording/portal-words.js'
import { wordsFor } from '../../wording/vocabulary.js'
import {
  answerCase,
  askedAbout,
  buildCaller,
  buildCase,
  buildDecision,
  type BuiltCase,
  MONDAY_MS,
} from '../builders/case.js'

const words = wordsFor('en')
const shown = ({ caseId, events }: BuiltCase, names = new Map()) =>
  presentEvents(
    caseId,
    events.map((event) => ({ event, canonical: '', prevHash: '', hash: '' })),
    'brand',
    names,
  )
const confirmed = () => {
  const built = buildCase()
  const message = buildDecision(askedAbout(built))
  return answerCase(built, { name: 'decide', message }, MONDAY_MS + 5 * HOUR_MS)
}

describe('the turns of a case', () => {
  it('follow one another, each with its owner, and the last goes on', () => {
    const at = new Date(MONDAY_MS).toISOString()
    const later = new Date(MONDAY_MS + 5 * HOUR_MS).toISOString()
    expect(turnsOf(shown(confirmed()))).toEqual([
      { seq: 2, owner: 'brand', phase: 'awaitingBrand', from: at, to: later },
      { seq: 4, owner: 'marketplace', phase: 'takingDown', from: later, to: null },
    ])
  })

  it('are not made longer by what happens meanwhile', () => {
    const note = { name: 'addNote', message: { text: 'seen', audience: 'brand' } } as const
    const caller = buildCaller()
    const built = buildCase()
    const noted = answerCase(
      built,
      { ...note, message: { ...note.message, caller, caseId: built.caseId } },
      MONDAY_MS + HOUR_MS,
    )
    expect(turnsOf(shown(noted))).toHaveLength(1)
  })
})

describe('the timeline of a case', () => {
  it('names people, also those who have left, and whose a note is', () => {
    const names = new Map([['mei-lin', { name: 'Mei Lin', former: true as const }]])
    const [, asked, decided] = timelineOf(shown(confirmed(), names), words)
    expect(asked?.who).toBeNull()
    expect(decided?.who).toEqual({ name: 'Mei Lin', isFormer: true })
  })

  it('says why in a sentence, and where the policy says so', () => {
    const [, asked] = shown(buildCase())
    const say = (word: PortalWord, values: object = {}) => `${word} ${JSON.stringify(values)}`
    const span = ({ value, unit }: Span) => `${value} ${unit}`
    const saying = { say, span, vocabulary: words }
    if (!asked?.clause) throw new Error('it was asked by its policy')
    const { because, where } = clauseInWords(asked.clause, saying)
    expect(because).toContain('clause.window')
    expect(because).toContain('the brand')
    expect(because).toContain('3 day')
    expect(where).toContain('severities.S2.brand.windowMs')
  })
})
