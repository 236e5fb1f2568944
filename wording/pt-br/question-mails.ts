import type { QuestionMailWords } from '../question-mail-words.js'

const about = (title: string | null) => (title === null ? '' : ` sobre “${title}”`)

export const questionMailsPtBr: QuestionMailWords = {
  kinds: {
    questionAsked: {
      subject: ({ brand, about: title }) => `${brand} lhe pergunta${about(title)}`,
      heading: ({ brand }) => `${brand} tem uma pergunta`,
      paragraphs: ({ brand, about: title, until }) => [
        `${brand} pergunta ao seu gerente de conta${about(title)}.`,
        ...(until === null ? [] : [`Responda até ${until}. Depois ela passa ao líder.`]),
      ],
      action: 'Responder',
    },
    questionPassedOn: {
      subject: ({ brand, about: title }) => `Agora é sua: pergunta de ${brand}${about(title)}`,
      heading: ({ brand }) => `Uma pergunta de ${brand} espera por você`,
      paragraphs: ({ brand, about: title }) => [
        `${brand} perguntou ao seu gerente de conta${about(title)} e ainda não teve resposta. Ela é sua até ser respondida.`,
      ],
      action: 'Responder',
    },
    questionAnswered: {
      subject: ({ about: title }) => `Sua pergunta${about(title)} foi respondida`,
      heading: () => 'Sua pergunta foi respondida',
      paragraphs: ({ by, about: title }) => [`${by} respondeu à sua pergunta${about(title)}.`],
      action: 'Abrir no portal',
    },
  },
  question: 'Pergunta',
  answer: 'Resposta',
  footer: 'Enviado automaticamente pelo Joint-Force; respostas não são lidas. Escreva no portal.',
}
