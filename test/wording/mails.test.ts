import { describe, it, expect } from '@jest/globals'
import { answerWordsFor } from '../../wording/answer-page.js'
import { type Locale, LOCALES, wordsFor } from '../../wording/vocabulary.js'
import { accountMailWordsFor } from '../../wording/account-mails.js'
import { mailWordsFor } from '../../wording/mails.js'

/** Every place in a catalogue with what is there: `kinds.asked.subject: function of 1`. */
function places(value: unknown, path: string): string[] {
  if (typeof value === 'function') return [`${path}: function`]
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([key, member]) => places(member, `${path}.${key}`))
}

function textsOf(locale: Locale): string[] {
  const catalogues = [
    mailWordsFor(locale),
    accountMailWordsFor(locale),
    wordsFor(locale),
    answerWordsFor(locale),
  ]
  return catalogues.flatMap(texts)
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

describe.each(LOCALES)('the %s catalogues', (locale) => {
  it('have the same keys as the English ones', () => {
    expect(places(mailWordsFor(locale), 'mails').sort()).toEqual(
      places(mailWordsFor('en'), 'mails').sort(),
    )
    expect(places(accountMailWordsFor(locale), 'account').sort()).toEqual(
      places(accountMailWordsFor('en'), 'account').sort(),
    )
    expect(places(wordsFor(locale), 'words').sort()).toEqual(places(wordsFor('en'), 'words').sort())
    expect(places(answerWordsFor(locale), 'page').sort()).toEqual(
      places(answerWordsFor('en'), 'page').sort(),
    )
  })

  it('leave no text empty', () => {
    const all = textsOf(locale)
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter((text) => text.trim() === '')).toEqual([])
  })
})

/** Words that are the same in both languages. */
const SHARED = ['Marketplace', 'SKU']

it('the Portuguese catalogues are Portuguese throughout', () => {
  const inEnglish = new Set(textsOf('en'))
  const same = textsOf('pt-BR').filter((text) => inEnglish.has(text) && !SHARED.includes(text))
  expect(same).toEqual([])
})

it('the Chinese catalogues are Chinese throughout', () => {
  expect(textsOf('zh-CN').filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
})
