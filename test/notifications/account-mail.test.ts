import { describe, expect, it } from '@jest/globals'
import { ACCOUNT_MAIL_KINDS } from '../../domain/vocabulary.js'
import { renderAccountMail } from '../../notifications/account-mail.js'
import { LOCALES } from '../../wording/vocabulary.js'

const URL = 'https://joint-force.example.com/sign-in#a-token'
const every = LOCALES.flatMap((locale) => ACCOUNT_MAIL_KINDS.map((kind) => ({ kind, locale })))

describe.each(every)('the mail $kind in $locale', ({ kind, locale }) => {
  const mail = renderAccountMail({
    kind,
    person: { name: 'Mei <b>Lin</b>', locale },
    brands: ['HP', 'evil.example/<script>'],
    url: URL,
  })

  it('has its link in both parts, and what people are called as nothing but text', () => {
    expect(mail.text).toContain(`\n${URL}\n`)
    expect(mail.html).toContain(`href="${URL}"`)
    expect(mail.html).toContain('Mei &lt;b&gt;Lin&lt;/b&gt;')
    expect(mail.html).not.toMatch(/<script|<b>/)
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })

  it('says whom it is about where it is about somebody', () => {
    expect(mail.subject.includes('HP')).toBe(kind !== 'signIn')
    const ofStaff = renderAccountMail({
      ...{ kind, url: URL, brands: [], person: { name: 'Ana Souza', locale } },
    })
    expect(`${ofStaff.subject} ${ofStaff.text}`).not.toMatch(/null|undefined/)
  })
})
