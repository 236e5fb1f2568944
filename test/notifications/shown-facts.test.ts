import { describe, expect, it } from '@jest/globals'
import type { PageCase } from '../../api/answer/case-facts.js'
import { answerForm } from '../../api/answer/page.js'
import { LOCALES, wordsFor } from '../../wording/vocabulary.js'
import { caseLine } from '../../notifications/case-line.js'
import { html } from '../../notifications/html.js'
import { offerFacts } from '../../notifications/offer-facts.js'
import { oneLine, quotedLine } from '../../notifications/plain-text.js'
import { happening } from '../../domain/case/events.js'
import { snapshotHash } from '../../domain/case/shown.js'
import { buildCase, buildDecision, continueCase, MONDAY_MS } from '../builders/case.js'
import { sampleCases } from '../builders/sample-cases.js'
import { buildMailInput } from './build-mail.js'
import { type MessageName, VERDICTS } from '../../domain/vocabulary.js'
import type { CaseState } from '../../domain/case/state.js'
import { renderMail } from '../../notifications/render.js'

const samples = sampleCases()
const escaped = (text: string) => html`${text}`.markup

describe.each(LOCALES)('in %s, of every case that the samples make', (locale) => {
  const reader = {
    name: 'Mei Lin',
    role: 'brandMember' as const,
    locale,
    timeZone: 'UTC',
    verdicts: VERDICTS,
  }

  it('page and mail show each signal, whatever its weight, and each fact of the offer', () => {
    expect(samples).toHaveLength(55)
    const uncounted = samples.filter(({ state }) => state.signals.some((s) => s.weight === 0))
    expect(uncounted.length).toBeGreaterThan(10)

    for (const { state } of samples) {
      const shown = { ...PAGE_CASE, state, marketplaceName: 'Mercado Livre' }
      const page = answerForm(shown, reader, [])
      const cases = [
        caseLine(state, { timeZone: 'UTC', links: { answerUrl: 'https://ipr.example/answer/1' } }),
      ]
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

const PAGE_CASE: Omit<PageCase, 'state'> = {
  ...{ marketplaceName: 'Taobao', sellerHistory: null, before: null },
  ...{ reopenedBy: null, lateAnswers: [] },
}

describe('of a listing that has changed', () => {
  const before = buildCase()
  const listing = before.state.listing
  if (!listing) throw new Error('a case without a listing')
  const observed = {
    ...listing,
    title: 'Official shoulder bag',
    price: { amount: 2400, currency: 'CNY' },
    seller: { id: 'official-shop', officialStore: true },
  }
  const wait = { owner: 'accountManager', startedAt: 1, dueAt: 2 } as const
  const counters = { reminders: [], remindersSent: 0, extensions: 0 }
  const changed = continueCase(
    before,
    [
      happening('attentionNeeded', {
        attention: { reason: 'listingChanged', detail: 'changed', unblock: [], observed },
        wait: { ...wait, ...counters },
      }),
    ],
    MONDAY_MS + 1,
  )
  const returned = continueCase(
    changed,
    [
      happening('asked', {
        wait: { ...wait, ...counters, owner: 'brand' },
        cause: 'returned',
        shown: observed,
      }),
    ],
    MONDAY_MS + 2,
  )
  const BOTH_SIDES = [
    'Title: Classic shoulder bag, original factory quality → Official shoulder bag',
    'Seller: Lucky Bags · shop-2214 → official-shop',
    'Price: CN¥199.00 → CN¥2,400.00',
  ]

  it.each([
    ['staff, who must say what becomes of it', 'needsAttention', changed],
    ['the brand, which is asked again', 'asked', returned],
  ] as const)('a mail to %s shows what it is now, and both sides', (_who, kind, { state }) => {
    const cases = [caseLine(state, { timeZone: 'UTC' })]
    const { subject, text } = renderMail(buildMailInput({ kind, cases }))
    expect(subject).toContain('“Official shoulder bag”')
    for (const side of BOTH_SIDES) expect(text).toContain(side)
    expect(text).toContain('\nSeller: official-shop\n')
  })

  it('the page asks about what it is now, and names it in the answer', () => {
    const { state } = returned
    const reader = {
      name: 'Mei Lin',
      role: 'brandMember',
      locale: 'en',
      timeZone: 'UTC',
      verdicts: VERDICTS,
    } as const
    const shown = { ...PAGE_CASE, state, before: listing }
    const page = answerForm(shown, reader, [])
    expect(page).toContain('<p class="title">Official shoulder bag</p>')
    expect(page).toContain(`name="shownHash" value="${snapshotHash(observed)}"`)
    for (const side of ['Classic shoulder bag', 'shop-2214', 'CN¥199.00', 'official-shop']) {
      expect(page).toContain(side)
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

describe('what brand and account manager say to each other', () => {
  const { state } = samples[0] ?? { state: null }
  const asks = (phase: CaseState['phase']): CaseState => {
    if (!state) throw new Error('no sample')
    const answer = { decisionId: 'd', role: 'brandMember', at: 0, result: 'handedOver' } as const
    const answers = [{ ...answer, verdict: 'unsure' as const }]
    return { ...state, phase, question: 'Which batch?', answers }
  }

  it('is labelled by who says it, and never hidden behind "no answer"', () => {
    const withStaff = caseLine(asks('awaitingAccountManager'), { timeZone: 'UTC' })
    expect(withStaff).toMatchObject({ question: 'Which batch?', brandSaid: 'unsure' })
    expect(withStaff).not.toHaveProperty('managerWrites')
    const withBrand = caseLine(asks('awaitingBrand'), { timeZone: 'UTC' })
    expect(withBrand).toMatchObject({ managerWrites: 'Which batch?' })
    expect(withBrand).not.toHaveProperty('question')

    const contact = { role: 'accountManager', locale: 'en' } as const
    const { text } = renderMail(buildMailInput({ kind: 'escalated', cases: [withStaff], contact }))
    expect(text).toContain('The brand asks: Which batch?')
    expect(text).toContain('The brand’s answer so far: Not sure')
    expect(text).not.toMatch(/no answer/i)
  })

  it('promises in a mail only what the page behind it offers', () => {
    if (!state) throw new Error('no sample')
    const attention = {
      reason: 'silence' as const,
      detail: 'nobody answered',
      since: 0,
      unblock: ['decide', 'returnToBrand', 'reassign', 'closeManually'] as MessageName[],
    }
    const line = caseLine({ ...state, phase: 'needsAttention', attention }, { timeZone: 'UTC' })
    expect(line.unblock).toEqual(['decide', 'returnToBrand', 'closeManually'])
    expect(line).not.toHaveProperty('attentionDetail')
  })
})

describe('a case that takes a closed one up again', () => {
  const decision = { ...buildDecision({ caseId: 'x' }), verdict: 'markMisuse' as const }
  const state: CaseState = {
    ...buildCase().state,
    reopens: {
      caseId: 'case~taobao~item-1~northwind~k3v9x0q2m6',
      by: { role: 'brandAdmin', id: 'key-1', via: 'api' },
      reason: 'we did not recognise our own <shop>',
      ending: { outcome: 'takenDown', at: 1 },
      decision: {
        ...{ ...decision, bulk: false, decidedAt: 1, basis: 'brandConfirmed' },
        by: { role: 'brandMember', id: 'key-2', via: 'api' },
      },
    },
  }

  it.each(LOCALES)(
    'says why, how that had ended and who said so, in mail and page (%s)',
    (locale) => {
      const { outcomes, verdicts, roles, reopened } = wordsFor(locale)
      const mail = renderMail(
        buildMailInput({
          cases: [caseLine(state, { timeZone: 'UTC', links: { answerUrl: 'https://x/1' } })],
          contact: { locale },
        }),
      ).text
      const reader = {
        name: 'Mei Lin',
        role: 'brandMember',
        locale,
        timeZone: 'UTC',
        verdicts: VERDICTS,
      } as const
      const page = answerForm({ ...PAGE_CASE, state }, reader, [])
      for (const shown of [mail, page]) {
        expect(shown).toContain(reopened.because)
        expect(shown).toContain(outcomes.takenDown)
        expect(shown).toContain(reopened.by(verdicts.markMisuse.label, roles.brandMember))
      }
      expect(mail).toContain('our own <shop>')
      expect(page).toContain('our own &lt;shop&gt;')
    },
  )
})
