import type { QuestionMailWords } from '../question-mail-words.js'

const about = (title: string | null) => (title === null ? '' : `（关于“${title}”）`)

export const questionMailsZhCn: QuestionMailWords = {
  kinds: {
    questionAsked: {
      subject: ({ brand, about: title }) => `${brand} 向您提问${about(title)}`,
      heading: ({ brand }) => `${brand} 有一个问题`,
      paragraphs: ({ brand, about: title, until }) => [
        `${brand} 向其客户经理提出了问题${about(title)}。`,
        ...(until === null ? [] : [`请在 ${until} 之前答复，之后将转交主管。`]),
      ],
      action: '答复',
    },
    questionPassedOn: {
      subject: ({ brand, about: title }) => `现由您处理：${brand} 的问题${about(title)}`,
      heading: ({ brand }) => `${brand} 的问题等待您答复`,
      paragraphs: ({ brand, about: title }) => [
        `${brand} 向其客户经理提问${about(title)}，尚未得到答复。在答复之前由您负责。`,
      ],
      action: '答复',
    },
    questionAnswered: {
      subject: ({ about: title }) => `您的问题已有答复${about(title)}`,
      heading: () => '您的问题已有答复',
      paragraphs: ({ by, about: title }) => [`${by} 已答复您的问题${about(title)}。`],
      action: '在门户中查看',
    },
  },
  question: '问题',
  answer: '答复',
  footer: '由 Joint-Force 自动发送；回复不会被阅读，请在门户中留言。',
}
