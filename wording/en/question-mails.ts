import type { QuestionMailWords } from '../question-mail-words.js'

const about = (title: string | null) => (title === null ? '' : ` about “${title}”`)

export const questionMailsEn: QuestionMailWords = {
  kinds: {
    questionAsked: {
      subject: ({ brand, about: title }) => `${brand} asks you${about(title)}`,
      heading: ({ brand }) => `${brand} has a question`,
      paragraphs: ({ brand, about: title, until }) => [
        `${brand} asks its account manager${about(title)}.`,
        ...(until === null ? [] : [`Please answer by ${until}. Then the lead has it.`]),
      ],
      action: 'Answer',
    },
    questionPassedOn: {
      subject: ({ brand, about: title }) => `Yours now: a question of ${brand}${about(title)}`,
      heading: ({ brand }) => `A question of ${brand} waits for you`,
      paragraphs: ({ brand, about: title }) => [
        `${brand} has asked its account manager${about(title)} and has no answer yet. It is yours until it is answered.`,
      ],
      action: 'Answer',
    },
    questionAnswered: {
      subject: ({ about: title }) => `Your question${about(title)} is answered`,
      heading: () => 'Your question is answered',
      paragraphs: ({ by, about: title }) => [`${by} has answered your question${about(title)}.`],
      action: 'Open it in the portal',
    },
  },
  question: 'Question',
  answer: 'Answer',
  footer: 'Sent automatically by Joint-Force; replies are not read. Write in the portal.',
}
