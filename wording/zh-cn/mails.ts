import type { MailWords, SubjectFacts } from '../mail-words.js'

const these = (count: number) => (count === 1 ? '该商品' : `这 ${count} 件商品`)
const before = ({ due, dueDiffers }: SubjectFacts) =>
  due === null ? '' : dueDiffers ? `（最早截止：${due}）` : `（截止：${due}）`
const withResult = (text: string, result: string | null) =>
  result === null ? text : `${text}（${result}）`

export const mailsZhCn: MailWords = {
  kinds: {
    asked: {
      subject: (facts) =>
        facts.count === 1
          ? `请确认是否正品：“${facts.title}”${before(facts)}`
          : `${facts.count} 件商品等待您答复${before(facts)}`,
      heading: (count) => (count === 1 ? '这件商品是正品吗？' : `这 ${count} 件商品是正品吗？`),
      paragraphs: ({ count, brand, role }) => [
        role === 'brandMember'
          ? `发现 ${count} 件以 ${brand} 名义销售的可疑商品。平台无法从外部判断真伪，只有 ${brand} 能够确认，请您答复。`
          : `发现 ${count} 件以 ${brand} 名义销售的可疑商品，需要作出决定，请向品牌方取得答复。`,
      ],
    },
    reminder: {
      subject: (facts) =>
        facts.count === 1
          ? `提醒：“${facts.title}”等待答复${before(facts)}`
          : `提醒：${facts.count} 件商品等待您答复${before(facts)}`,
      heading: (count) => (count === 1 ? '尚未收到您的答复' : `尚有 ${count} 件商品未答复`),
      paragraphs: ({ count, brand, role }) => [
        role === 'brandMember'
          ? `我们曾就${these(count)}（${brand}）向您询问，至今未收到答复。只有 ${brand} 能够确认真伪。`
          : `${these(count)}（${brand}）仍需作出决定，目前由您负责取得答复。`,
      ],
    },
    escalated: {
      subject: (facts) =>
        facts.count === 1
          ? `已升级：“${facts.title}”需要决定${before(facts)}`
          : `已升级：${facts.count} 件商品需要决定${before(facts)}`,
      heading: (count) => (count === 1 ? '一个案件已升级' : `${count} 个案件已升级`),
      paragraphs: ({ count, brand, role }) => [
        {
          brandMember: `您的客户经理已接手${these(count)}（${brand}）。在下架或结案之前，您仍可答复。`,
          accountManager: `${brand} 尚未对${these(count)}作出决定。现由您负责：请取得答复，或在品牌政策允许时自行决定。`,
          lead: `${brand} 及其客户经理均未就${these(count)}作出决定，现由您处理。`,
        }[role],
      ],
    },
    decided: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `${result ?? '已作出决定'}：“${title}”`
          : withResult(`${count} 件商品的处理结果`, result),
      heading: (count) => (count === 1 ? '商品已有处理结果' : `${count} 件商品已有处理结果`),
      paragraphs: ({ count, brand }) => [
        `以下是${these(count)}（${brand}）的处理结果。如无异议，您无需操作。`,
      ],
    },
    takenDown: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `${result ?? '商品已不在售'}：“${title}”`
          : withResult(`${count} 件商品已不在售`, result),
      heading: (count) => (count === 1 ? '该商品已不在售' : `${count} 件商品已不在售`),
      paragraphs: ({ count, brand }) => [
        `平台已反馈${these(count)}（${brand}）的处理结果，您无需再做任何操作。`,
      ],
    },
    withdrawn: {
      subject: ({ count, title }) =>
        count === 1 ? `无需再答复：“${title}”` : `${count} 件商品无需再答复`,
      heading: () => '无需再答复',
      paragraphs: ({ count, brand }) => [
        `监测方已撤回对${these(count)}（${brand}）的举报。此前邮件中的链接不再需要答复。`,
      ],
    },
    needsAttention: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `需要人工处理：“${title}”${result === null ? '' : `（${result}）`}`
          : withResult(`${count} 个案件需要人工处理`, result),
      heading: (count) => (count === 1 ? '一个案件需要人工处理' : `${count} 个案件需要人工处理`),
      paragraphs: ({ count, brand }) => [
        `系统无法自行继续处理${these(count)}（${brand}）。数据不会丢失，案件将等待人工处理。`,
      ],
    },
    lateAnswer: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `迟到的答复：“${title}”${result === null ? '' : `（${result}）`}`
          : withResult(`${count} 条迟到的答复`, result),
      heading: (count) => (count === 1 ? '品牌方在结案后才答复' : `${count} 条答复在结案后才到达`),
      paragraphs: ({ count, brand }) => [
        `${brand}在结案后才就${these(count)}作出答复，该答复未改变任何结果。如本应改变结果，请重新受理案件：已下架的商品将恢复上架，并再次询问品牌方。`,
      ],
    },
  },
  greeting: (name) => `${name}，您好：`,
  coversFor: (name) => `${name} 目前不在，由您代为处理，因此您会收到此邮件。请登录门户进行处理。`,
  labels: {
    answerBy: '答复截止',
    answerFirstBy: '最早答复截止',
    brand: '品牌',
    listing: '商品编号',
    sellers: '卖家',
    verdict: '结论',
    decidedBy: '决定方',
    outcome: '结果',
    releasedBecause: '原因',
    stoppableUntil: '可撤回至',
    question: '品牌方提问',
    managerWrites: '客户经理留言',
    brandSaid: '品牌方目前的答复',
    lateAnswer: '结案后的答复',
    problem: '问题',
    lastError: '最近错误',
    case: '案件',
    whySuspicious: '可疑之处',
    alsoSeen: '其他情况（未计入判断）',
    whyUnverifiable: '平台无法判断的原因',
    unblock: '解决办法',
    howToAnswer: '如何答复',
    ifSilent: '若无人答复',
  },
  actions: {
    answer: '立即答复',
    stopRemoval: '查看或撤回下架',
    act: '打开案件',
    viewListing: '查看商品',
    openAll: (count) => `打开全部 ${count} 件`,
    chooseMails: '选择接收哪些邮件及频率',
  },
  howToAnswer: (count) =>
    `${count === 1 ? '该链接' : '各商品的链接'}将打开案件页面，在该页面确认之前不会作出任何决定。链接仅供您本人使用，持有者可以您的名义答复，请勿转发本邮件。`,
  howToSignIn: '链接将打开工作台，登录后即可答复。在该处确认之前不会作出任何决定。',
  moreCases: (count) => `另有 ${count} 件商品`,
  allTogether: '点击上方按钮可打开全部商品，并可一并答复。',
  notListed: (count, inboxUrl) =>
    inboxUrl === null
      ? `其中 ${count} 件未能列出，可在工作台中查看；请联系您的客户经理开通账号。`
      : `其中 ${count} 件未能列出，请在您的收件箱中查看：${inboxUrl}`,
  reminderNumber: (number) => `这是第 ${number} 次提醒。`,
  ifSilent: {
    brandMember: {
      neverExpires: '由您的客户经理接手，其后由平台主管处理。案件不会自动结案。',
      platformDecides: '由您的客户经理接手；若仍无答复，由平台主管依据现有证据决定。',
      accountManagerDecides:
        '由您的客户经理接手，并可代您决定；若无人决定，案件结案，商品继续在售。',
      release: '您的客户经理会再次询问；此后案件结案，商品继续在售。',
    },
    accountManager: {
      neverExpires: '由主管接手。案件不会自动结案。',
      platformDecides: '由主管接手，并依据现有证据决定。',
      accountManagerDecides: '由主管接手；若无人决定，案件结案，商品继续在售。',
      release: '案件结案，商品继续在售。',
    },
    lead: {
      neverExpires: '案件保持待决，并持续提醒处理。',
      platformDecides: '案件保持待决，并持续提醒处理。',
      accountManagerDecides: '案件结案，商品继续在售。',
      release: '案件结案，商品继续在售。',
    },
  },
  footer: ({ role, brand }) => {
    const reason = {
      brandMember: `您负责代表 ${brand} 答复`,
      accountManager: `您是 ${brand} 的客户经理`,
      lead: `您是负责 ${brand} 的主管`,
    }[role]
    return `${reason}，因此收到 Joint-Force 自动发送的本邮件，请勿直接回复。`
  },
}
