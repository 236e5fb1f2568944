import type { AccountMailWords } from '../account-mail-words.js'

const forWhom = (brands: string | null) => brands ?? '平台'

export const accountMailsZhCn: AccountMailWords = {
  kinds: {
    signIn: {
      subject: () => '您的登录链接',
      heading: () => '登录',
      paragraphs: ({ minutes }) => [
        `请在申请此链接的浏览器中于 ${minutes} 分钟内使用，仅可登录一次。在其他浏览器中打开时，需要输入申请页面上显示的验证码。`,
        '如果您没有申请过此链接，请忽略本邮件：没有本邮件，任何人都无法登录。无论谁向您索取，都请勿转发。',
      ],
      action: '登录',
    },
    invitation: {
      subject: (brands) => `邀请您代表 ${forWhom(brands)} 处理可疑商品`,
      heading: (brands) => `代表 ${forWhom(brands)} 处理可疑商品`,
      paragraphs: ({ brands, days }) => [
        `您受邀代表 ${forWhom(brands)} 查看并处理可疑商品。请使用此链接首次登录；链接在 ${days} 天内有效，仅可使用一次。`,
        '此链接仅限您本人使用：持有链接的人可以以您的名义操作，请勿转发本邮件。',
      ],
      action: '接受邀请并登录',
    },
    added: {
      subject: (brands) => `您现在也可以代表 ${forWhom(brands)}`,
      heading: (brands) => `您现在也可以代表 ${forWhom(brands)}`,
      paragraphs: ({ brands }) => [
        `您已被加入代表 ${forWhom(brands)} 的人员名单。请照常登录，并在登录后选择您所代表的一方。`,
      ],
      action: '登录',
    },
  },
  footer: '本邮件由 Joint-Force 自动发送，请勿直接回复。',
}
