import type { AccountMailWords } from '../account-mail-words.js'

const forWhom = (brands: string | null) => brands ?? 'o marketplace'

export const accountMailsPtBr: AccountMailWords = {
  kinds: {
    signIn: {
      subject: () => 'Seu link de acesso',
      heading: () => 'Entrar',
      paragraphs: ({ minutes }) => [
        `Este link permite entrar uma única vez, dentro de ${minutes} minutos, no navegador em que você o pediu. Em outro navegador, ele pede o código que aparece lá.`,
        'Se você não o pediu, não faça nada: sem este e-mail ninguém entra. Não o encaminhe a ninguém, seja quem for que peça.',
      ],
      action: 'Entrar',
    },
    invitation: {
      subject: (brands) => `Convite para agir em nome de ${forWhom(brands)}`,
      heading: (brands) => `Agir em nome de ${forWhom(brands)}`,
      paragraphs: ({ brands, days }) => [
        `Você foi convidado a examinar anúncios suspeitos e a agir em nome de ${forWhom(brands)}. Com este link você entra pela primeira vez; ele funciona uma única vez, dentro de ${days} dias.`,
        'O link é pessoal: quem o tiver pode agir em seu nome. Por favor, não encaminhe este e-mail.',
      ],
      action: 'Aceitar e entrar',
    },
    added: {
      subject: (brands) => `Agora você pode agir em nome de ${forWhom(brands)}`,
      heading: (brands) => `Agir também em nome de ${forWhom(brands)}`,
      paragraphs: ({ brands }) => [
        `Você foi incluído entre os que agem em nome de ${forWhom(brands)}. Entre como sempre e escolha lá em nome de quem você age.`,
      ],
      action: 'Entrar',
    },
  },
  footer: 'Enviado automaticamente pelo Joint-Force; respostas não são lidas.',
}
