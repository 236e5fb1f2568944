import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import {
  ANSWERING_ROLES,
  ATTENTION_REASONS,
  NOTICE_KINDS,
  OUTCOMES,
  SEVERITIES,
  SILENCE_POLICIES,
  VERDICTS,
} from '../../domain/vocabulary.js'
import { LOCALES } from '../../wording/vocabulary.js'
import { renderMail, type MailInput } from '../../notifications/render.js'
import { buildCaseLine, buildMailInput } from './build-mail.js'

const { dueAt: _, ...answered } = buildCaseLine()

/** Tags of our own templates; anything else in a mail was smuggled in. */
function tagsOf(markup: string): string[] {
  return [...markup.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, tag = '']) => tag.toLowerCase())
}

/** What a reader sees of an HTML mail, in one line. */
function readable(markup: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return markup
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
}

/** The labels, values and sentences of a text part, without what sets them off. */
function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^(\d+\. |- |-+$)/, '').replace(/^\[S\d ([^\]]*)\] /, '$1: '))
    .flatMap((line) => line.split(/: |:$/))
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '')
}

describe.each(NOTICE_KINDS)('a mail of kind %s', (kind) => {
  const views = LOCALES.flatMap((locale) =>
    ANSWERING_ROLES.flatMap((role) => [1, 3, 60].map((count) => ({ locale, role, count }))),
  )

  it.each(views)('to a $role in $locale about $count is complete', ({ locale, role, count }) => {
    const cases = Array.from({ length: count }, (_case, index) =>
      buildCaseLine({
        caseId: `case~${index}`,
        listingId: `MLB-${index}`,
        verdict: VERDICTS[index % VERDICTS.length] ?? 'unsure',
        outcome: OUTCOMES[index % OUTCOMES.length] ?? 'refused',
        attentionReason: ATTENTION_REASONS[index % ATTENTION_REASONS.length] ?? 'silence',
        unblock: ['retryTakedown', 'call the marketplace'],
        reminderNumber: 2,
      }),
    )
    const mail = renderMail(buildMailInput({ kind, cases, contact: { role, locale } }))

    for (const part of [mail.subject, mail.text, mail.html]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\$\{|=>|Invalid Date/)
    }
    expect(mail.subject.length).toBeLessThanOrEqual(200)
    expect(mail.html).toContain(`<html lang="${locale}">`)
    expect(mail.html).not.toMatch(/<(img|script|link|iframe|form)\b|url\(|@import/i)
    const shown = readable(mail.html) + mail.html.replaceAll('&amp;', '&')
    expect(sentencesOf(mail.text).filter((sentence) => !shown.includes(sentence))).toEqual([])
  })
})

describe('a mail about one listing', () => {
  it('says what, why, until when in the contact’s zone, how to answer and what silence means', () => {
    const mail = renderMail(buildMailInput())
    expect(mail.subject).toBe(
      'Is this genuine? “Kit 2 Cartuchos HP 664XL Preto + Colorido Original Lacrado” – answer needed by Wed 25 Nov, 18:00 GMT+8',
    )
    for (const part of [mail.text, readable(mail.html)]) {
      expect(part).toContain('Wed, 25 November 2026 at 18:00 GMT+8')
      expect(part).toContain('mercadolivre · MLB-3921')
      expect(part).toContain('R$65.73')
      expect(part).toContain('38 % of the suggested price')
      expect(part).toContain('only the maker can check the packaging')
      expect(part).toContain('the marketplace’s lead then decides')
      expect(part).toContain('please do not forward')
    }
    expect(mail.text).toContain('https://ipr.example/answer/a1.eyJjYXNlIjoxfQ.mac')
    expect(mail.html).toContain('href="https://ipr.example/answer/a1.eyJjYXNlIjoxfQ.mac"')
  })

  it('says the same in Chinese', () => {
    const { subject, text } = renderMail(buildMailInput({ contact: { locale: 'zh-CN' } }))
    expect(subject).toContain('请确认是否正品')
    expect(text).toContain('2026年11月25日周三 GMT+8 18:00')
    expect(text).toContain('由平台主管依据现有证据决定')
  })

  it('says the same in Portuguese', () => {
    const { subject, text } = renderMail(buildMailInput({ contact: { locale: 'pt-BR' } }))
    expect(subject).toContain('É original?')
    expect(text).toMatch(/25 de novembro de 2026.* GMT\+8/)
    expect(text).toContain('o responsável do marketplace decide')
    expect(text).toMatch(/Preço: R\$\s65,73/)
  })

  it('names the brand first for who serves several', () => {
    const input = buildMailInput({ kind: 'escalated', contact: { role: 'lead' } })
    expect(renderMail(input).subject).toMatch(/^\[HP\] Escalated: “Kit 2/)
  })

  it('shows a decision that can still be stopped, and how', () => {
    const line = { ...answered, verdict: 'counterfeit', decidedByRole: 'lead' } as const
    const undoUntil = '2026-11-23T10:10:00Z'
    const open = renderMail(buildMailInput({ kind: 'decided', cases: [{ ...line, undoUntil }] }))
    expect(open.subject).toMatch(/^Counterfeit: /)
    expect(open.text).toContain('Can be stopped until: Mon, 23 November 2026 at 18:10')
    expect(open.text).toContain('Review or stop the removal:\nhttps://ipr.example/answer/')
    const final = renderMail(buildMailInput({ kind: 'decided', cases: [line] }))
    expect(final.text).not.toContain('https://ipr.example/answer/')
  })

  it('tells a manager what is wrong and what unblocks it', () => {
    const line = {
      ...buildCaseLine(),
      attentionReason: 'takedownExhausted',
      attentionDetail: 'connect ECONNREFUSED',
      unblock: ['retryTakedown', 'Ask the marketplace’s on-call'],
    } as const
    const { text } = renderMail(
      buildMailInput({ kind: 'needsAttention', cases: [{ ...line, unblock: [...line.unblock] }] }),
    )
    expect(text).toContain('Problem: The marketplace did not carry out the removal')
    expect(text).toContain('Last error: connect ECONNREFUSED')
    expect(text).not.toContain('Answer by')
    expect(text).toContain('- Ask the marketplace again once the cause is mended')
    expect(text).toContain('- Ask the marketplace’s on-call')
  })
})

describe.each(['asked', 'reminder', 'escalated', 'needsAttention'] as const)(
  'a mail of kind %s',
  (kind) => {
    it('says of the listing all that helps to decide', () => {
      const listing = {
        suggestedPrice: { amount: 172.9, currency: 'BRL' },
        price: { amount: 31.12, currency: 'BRL' },
        units: 2,
        sku: 'F6V31AB',
        condition: 'used',
        category: 'ink',
        brandClaimed: 'Original',
        description: 'Empty cartridge, to be refilled',
        seller: {
          id: 'seller-118',
          name: 'Casa de Tinta',
          reputation: 'gold',
          transactions: 4120,
          since: '2019-05',
          region: 'BR-SP',
          officialStore: true,
        },
      }
      const { text, html } = renderMail(
        buildMailInput({ kind, cases: [buildCaseLine({ listing })] }),
      )
      for (const part of [text, readable(html)]) {
        for (const fact of [
          '9% of the suggested R$172.90',
          'F6V31AB',
          'Used',
          'Empty cartridge, to be refilled',
          'Casa de Tinta · seller-118',
          'gold · 4,120 sales · since 2019-05',
          'BR-SP',
          'The marketplace calls the seller an official store',
          'Also seen, not counted',
          'The marketplace calls it an official store',
        ]) {
          expect(part).toContain(fact)
        }
      }
    })
  },
)

describe('a mail about many listings', () => {
  const many = (count: number): MailInput['cases'] =>
    Array.from({ length: count }, (_case, index) =>
      buildCaseLine({
        caseId: `case~${index}`,
        listingId: `MLB-${index}`,
        severity: SEVERITIES[(index + 1) % 4] ?? 'S4',
        ifSilent: SILENCE_POLICIES[(index + 1) % 4] ?? 'release',
        answerUrl: `https://ipr.example/answer/${index}`,
      }),
    )

  it('counts first, shows the ten most urgent, and leads to all of them', () => {
    const allUrl = 'https://ipr.example/?view=all&mail=k3v9qm2xw7a4b'
    const { subject, text, html } = renderMail(buildMailInput({ cases: many(46), allUrl }))
    expect(subject).toBe('46 listings need your answer by Wed 25 Nov, 18:00 GMT+8')
    expect(new Set(text.match(/^https:\/\/ipr\.example\/answer\/\d+$/gm)).size).toBe(10)
    expect(new Set(html.match(/href="https:\/\/ipr\.example\/answer\/\d+"/g)).size).toBe(10)
    expect(text).toContain(`Open all 46:\n${allUrl}`)
    expect(html).toContain('href="https://ipr.example/?view=all&amp;mail=k3v9qm2xw7a4b"')
    for (const part of [text, readable(html)]) {
      expect(part).toContain('And 36 more listings')
      expect(part.match(/38 % of the suggested price/g)).toHaveLength(10)
      expect(part.search(/Safety risk:? 11/)).toBeLessThan(part.indexOf('Kit 2 Cartuchos'))
    }
    expect(text).toContain(
      'Safety risk: 11\nSuspected counterfeit: 12\nMark or copyright use: 12\nOther suspicion: 11\nSellers: 1',
    )
    expect(text.match(/^\d+\. \[S1/gm)).toHaveLength(10)
  })

  it('says what became of those it shows, and offers no answer', () => {
    const cases = many(30).map((line) => ({ ...line, outcome: 'takenDown' }) as const)
    const { text } = renderMail(buildMailInput({ kind: 'takenDown', cases }))
    expect(text.match(/^Outcome: Listing removed$/gm)).toHaveLength(10)
    expect(text).not.toContain('How to answer')
  })

  it('says where the cases are that it only counts', () => {
    const inboxUrl = 'https://ipr.example/'
    const cases = many(12)
    const signedIn = renderMail(buildMailInput({ cases, unlisted: 40, allUrl: inboxUrl, inboxUrl }))
    expect(signedIn.subject).toMatch(/^52 listings/)
    expect(signedIn.text).toContain(
      '40 of them could not be listed any more. They are in your inbox: https://',
    )
    const { text } = renderMail(buildMailInput({ cases, unlisted: 40 }))
    expect(text).toContain('your account manager can let you in')
  })

  it('asks whoever signs in to do so, and warns of nothing else', () => {
    const { text } = renderMail(buildMailInput({ inboxUrl: 'https://ipr.example/' }))
    expect(text).toContain('where you sign in')
    expect(text).not.toContain('do not forward')
  })

  it('names who decided', () => {
    const line = { ...answered, verdict: 'counterfeit', decidedByRole: 'lead' } as const
    const named = { ...line, decidedByName: 'Li Wei' }
    const { text } = renderMail(buildMailInput({ kind: 'decided', cases: [named] }))
    expect(text).toContain('Decided by: Li Wei · ')
  })

  it('claims no removal of ours where a listing had left by itself', () => {
    const outcomes = ['takenDown', 'alreadyGone'] as const
    const cases = outcomes.map((outcome) => ({ ...answered, caseId: outcome, outcome }))
    const { subject, text } = renderMail(buildMailInput({ kind: 'takenDown', cases }))
    expect(subject).toBe('2 listings are gone from the marketplace')
    expect(text).toMatch(/^2 listings are gone\n/)
    expect(text).toContain('Outcome: Listing was already gone')
  })

  it('names the brand of each only when they are of several', () => {
    const contact = { role: 'accountManager' } as const
    const cases = many(3).map((line, i) => ({ ...line, brandName: i === 1 ? 'Voltbrook' : 'HP' }))
    const mixed = renderMail(buildMailInput({ kind: 'escalated', contact, cases }))
    expect(mixed.subject).toMatch(/^\[HP, Voltbrook\] /)
    expect(mixed.text.match(/^Brand: \w+$/gm)).toEqual([
      'Brand: HP',
      'Brand: Voltbrook',
      'Brand: HP',
    ])
    expect(renderMail(buildMailInput({ cases: many(3) })).text).not.toContain('Brand: ')
  })

  it('lists ten without more words, and says so when some are due earlier', () => {
    const cases = many(10)
    cases[7] = buildCaseLine({ dueAt: '2026-11-24T10:00:00Z' })
    const { subject, text } = renderMail(buildMailInput({ cases }))
    expect(subject).toContain('the first by Tue 24 Nov, 18:00 GMT+8')
    expect(text).not.toContain('more listing')
  })

  it('says for each policy what silence means', () => {
    const { text } = renderMail(buildMailInput({ cases: many(4) }))
    expect(text).toContain('- Safety risk: Your account manager takes over, then')
    expect(text).toContain('- Other suspicion: Your account manager asks once more.')
  })

  it('stays the same whatever order the cases come in', () => {
    const cases = many(46)
    const shuffled = [...cases].sort((a, b) => (a.caseId < b.caseId ? 1 : -1))
    expect(renderMail(buildMailInput({ cases: shuffled }))).toEqual(
      renderMail(buildMailInput({ cases })),
    )
  })

  it('stays under the 102 KB at which large mail services cut, even with the longest texts', () => {
    const cases = many(50).map((line) => ({
      ...line,
      listing: {
        ...line.listing,
        title: 'x'.repeat(5000),
        description: 'd'.repeat(5000),
        suggestedPrice: { amount: 172.9, currency: 'BRL' },
        seller: { id: 's'.repeat(5000), name: 'n'.repeat(5000), officialStore: true },
      },
      whySuspicious: Array.from({ length: 50 }, () => 'y'.repeat(5000)),
      alsoSeen: Array.from({ length: 50 }, () => 'v'.repeat(5000)),
      whyUnverifiable: 'z'.repeat(5000),
      answerUrl: `https://ipr.example/answer/${'t'.repeat(600)}`,
    }))
    const { html } = renderMail(buildMailInput({ cases }))
    expect(Buffer.byteLength(html)).toBeLessThan(102_000)
  })

  it('is refused without any case', () => {
    expect(() => renderMail(buildMailInput({ cases: [] }))).toThrow('at least one case')
  })
})

describe('hostile texts', () => {
  const attack = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' style='position:fixed",
      '</td></tr></table>',
      '<!--',
      '&lt;b&gt;',
      '{{7*7}}',
      '\r\nBcc: thief@evil.example\r\n\r\n',
      'https://evil.example/login',
      '\u202eflipped',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  const hostile = fc.array(attack, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))

  it.each([1, 2])('never become markup, links or lines of their own (%i cases)', (count) => {
    const build = (text: string, listingUrl: string) =>
      renderMail(
        buildMailInput({
          kind: 'escalated',
          contact: { name: text, role: 'accountManager' },
          cases: Array.from({ length: count }, (_case, index) =>
            buildCaseLine({
              caseId: `case~${index}`,
              brandName: text,
              listing: {
                title: text,
                seller: { id: text, name: text, reputation: text, region: text, since: text },
                price: { amount: 1, currency: text },
                suggestedPrice: { amount: 2, currency: text },
                sku: text,
                condition: text,
                category: text,
                brandClaimed: text,
                description: text,
              },
              marketplace: text,
              listingId: text,
              listingUrl,
              whySuspicious: [text],
              alsoSeen: [text],
              whyUnverifiable: text,
              question: text,
              attentionDetail: text,
              unblock: [text],
            }),
          ),
        }),
      )
    const plain = build('plain', 'https://shop.example/1')
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(/[\p{L}\p{N}]/u.test(text))
        const mail = build(text, 'https://shop.example/1')
        expect(tagsOf(mail.html)).toEqual(tagsOf(plain.html))
        expect(mail.html.match(/href="/g)).toHaveLength(plain.html.match(/href="/g)?.length ?? 0)
        expect(mail.text.split('\n')).toHaveLength(plain.text.split('\n').length)
        expect(mail.text).not.toContain('https://evil')
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
      }),
    )
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no url'])(
    'as the address of a listing do not become a link: %s',
    (listingUrl) => {
      const { html, text } = renderMail(buildMailInput({ cases: [buildCaseLine({ listingUrl })] }))
      expect(html).not.toContain(listingUrl)
      expect(text).not.toContain(listingUrl)
    },
  )

  it('with nothing to read in them give way to the listing id', () => {
    const { subject, text } = renderMail(
      buildMailInput({ cases: [buildCaseLine({ listing: { title: '\u202e\r\n \u200b' } })] }),
    )
    expect(subject).toContain('“MLB-3921”')
    expect(text).toContain('[S2 Suspected counterfeit] MLB-3921')
  })

  it('of a seller are shown, escaped', () => {
    const title = 'HP 664 <b>"cheap"</b> & \'new\''
    const { html, text } = renderMail(
      buildMailInput({ cases: [buildCaseLine({ listing: { title } })] }),
    )
    expect(html).toContain('HP 664 &lt;b&gt;&quot;cheap&quot;&lt;/b&gt; &amp; &#39;new&#39;')
    expect(text).toContain(title)
  })
})
