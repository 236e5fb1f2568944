import type { AccountMailWords } from '../account-mail-words.js'

const forWhom = (brands: string | null) => brands ?? 'the marketplace'

export const accountMailsEn: AccountMailWords = {
  kinds: {
    signIn: {
      subject: () => 'Your link to sign in',
      heading: () => 'Sign in',
      paragraphs: ({ minutes }) => [
        `This link signs you in once, within ${minutes} minutes, in the browser in which you asked for it. In another browser it asks for the code that is shown there.`,
        'If you have not asked for it, do nothing: without this mail nobody gets in. Do not forward it to anybody, whoever asks for it.',
      ],
      action: 'Sign in',
    },
    invitation: {
      subject: (brands) => `You are invited to act for ${forWhom(brands)}`,
      heading: (brands) => `Act for ${forWhom(brands)}`,
      paragraphs: ({ brands, days }) => [
        `You are invited to look at suspicious listings and to act on them for ${forWhom(brands)}. With this link you sign in for the first time; it works once, within ${days} days.`,
        'The link is personal: whoever has it can act in your name. Please do not forward this mail.',
      ],
      action: 'Accept and sign in',
    },
    added: {
      subject: (brands) => `You can now act for ${forWhom(brands)}`,
      heading: (brands) => `Act for ${forWhom(brands)}, too`,
      paragraphs: ({ brands }) => [
        `You have been added to those who act for ${forWhom(brands)}. Sign in as you always do, and choose there for whom you act.`,
      ],
      action: 'Sign in',
    },
  },
  footer: 'Sent automatically by Joint-Force; replies are not read.',
}
