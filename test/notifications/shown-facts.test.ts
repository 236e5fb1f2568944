import { describe, expect, it } from '@jest/globals'
import { answerForm } from '../../api/answer/page.js'
import { LOCALES } from '../../domain/words/index.js'
import { caseLine } from '../../notifications/case-line.js'
import { html } from '../../notifications/html.js'
import { offerFacts } from '../../notifications/offer-facts.js'
import { oneLine, quotedLine } from '../../notifications/plain-text.js'
import { sampleCases } from '../builders/sample-cases.js'
import { buildMailInput } from './build-mail.js'
import { renderMail } from '../../notifications/render.js'

const samples = sampleCases()
const escaped = (text: string) => html`${text}`.markup

describe.each(LOCALES)('in %s, of every case that the samples make', (locale) => {
  const reader = { name: 'Mei Lin', role: 'brandMember' as const, locale, timeZone: 'UTC' }

  it('page and mail show each signal, whatever its weight, and each fact of the offer', () => {
    expect(samples).toHaveLength(55)
    const uncounted = samples.filter(({ state }) => state.signals.some((s) => s.weight === 0))
    expect(uncounted.length).toBeGreaterThan(10)

    for (const { state } of samples) {
      const page = answerForm(state, reader, 'Mercado Livre')
      const cases = [caseLine(state, 'UTC', 'https://ipr.example/answer/1')]
      const mail = renderMail(buildMailInput({ cases, contact: { locale } })).text
      if (!state.listing) throw new Error('a sample without a listing')
      const facts = offerFacts(state.listing, locale)
      expect(facts.map(({ field }) => field)).toEqual(
        expect.arrayContaining(['seller', 'price', 'units', 'condition']),
      )
      const seen = state.signals.map(({ observed }) => observed)
      for (const text of [...facts.map(({ value }) => value), ...seen]) {
        expect(page).toContain(escaped(oneLine(text, 600)))
        expect(mail).toContain(quotedLine(text, 120).slice(0, 100))
      }
    }
  })
})

it('the price of a unit is compared in the currency and by the pack', () => {
  const offer = { title: 'x', pictures: [], seller: { id: 's' }, units: 2 }
  const comparison = (changes: Partial<Parameters<typeof offerFacts>[0]>) =>
    offerFacts(
      {
        ...offer,
        price: { amount: 30, currency: 'BRL' },
        suggestedPrice: { amount: 150, currency: 'BRL' },
        ...changes,
      },
      'en',
    ).find(({ field }) => field === 'comparison')?.value

  expect(comparison({})).toBe('10% of the suggested R$150.00')
  expect(comparison({ units: 1 })).toBe('20% of the suggested R$150.00')
  expect(comparison({ price: null })).toBe('the suggested price is R$150.00')
  expect(comparison({ price: { amount: 30, currency: 'EUR' } })).toBe(
    'the suggested price is R$150.00',
  )
})
