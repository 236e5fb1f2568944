import type { Locale } from '../../domain/words/index.js'

/** The sentences of the answer page in one language; the vocabulary itself is in domain/words. */
export interface AnswerWords {
  question: string
  why: string
  whyAsked: string
  marketplace: string
  listing: string
  alsoSeen: string
  openListing: string
  openListingNote: string
  answerBy: string
  ifSilent: string
  chooseLegend: string
  removes: string
  keeps: string
  handsOver: string
  explanation: string
  explanationHint: string
  questionField: string
  questionHint: string
  proof: string
  proofHint: string
  /** The good-faith statement (DSA Art. 16(2)(d)) in the version domain/deciding.ts names. */
  attestation: string
  /** Puts the seller on the brand's list of authorised sellers, with the verdict authorisedSeller. */
  allowList: string
  submit: string
  submitNote: string
  stopLegend: string
  stoppableUntil: string
  stop: string
  case: string
  errors: {
    heading: string
    verdictMissing: string
    questionMissing: string
    attestationMissing: string
    allowListAlone: string
  }
  results: {
    recorded: string
    recordedText(verdict: string): string
    kept: string
    keptText: string
    stopped: string
    stoppedText: string
    alreadyDecided: string
    alreadyDecidedText(who: string, verdict: string): string
    closed: string
    closedText(outcome: string): string
    notYourTurn: string
    expired: string
    expiredText: string
    unknown: string
    unknownText: string
    unavailable: string
    unavailableText: string
    refused: string
  }
}

const en: AnswerWords = {
  question: 'Does this listing infringe?',
  why: 'Why it looks suspicious',
  whyAsked: 'Why we ask you',
  marketplace: 'Marketplace',
  listing: 'Listing',
  alsoSeen: 'Also seen, not counted',
  openListing: 'Open the listing',
  openListingNote: 'The seller may see that someone looked.',
  answerBy: 'Please answer by',
  ifSilent: 'Without an answer',
  chooseLegend: 'Your answer',
  removes: 'The listing is removed',
  keeps: 'The listing stays online',
  handsOver: 'Your account manager takes over',
  explanation: 'Explanation',
  explanationHint: 'What did you see? Optional, but it helps everybody after you.',
  questionField: 'Your question',
  questionHint: 'Needed when you ask for more information.',
  proof: 'How the brand answered',
  proofHint:
    'Who said so, when and by which way. Leave empty only when you decide for the platform.',
  attestation:
    'I state in good faith that the information I give is accurate and complete, and that I may act for the owner of the right. Needed when the listing shall be removed.',
  allowList:
    'With “Authorised seller”: remember this seller, so that nothing they offer on this marketplace is asked about again.',
  submit: 'Send answer',
  submitNote: 'The first valid answer counts.',
  stopLegend: 'The listing is about to be removed',
  stoppableUntil: 'This can be stopped until',
  stop: 'Stop the removal',
  case: 'Case',
  errors: {
    heading: 'The answer is not complete',
    verdictMissing: 'Choose one of the answers.',
    questionMissing: 'Say what you would have to know.',
    attestationMissing: 'Tick the statement: without it a listing cannot be removed.',
    allowListAlone: 'A seller is remembered only with the answer “Authorised seller”.',
  },
  results: {
    recorded: 'Thank you, your answer is recorded',
    recordedText: (verdict) => `Your answer: ${verdict}.`,
    kept: 'Thank you, your answer is kept',
    keptText: 'It will be dealt with shortly. You need not send it again.',
    stopped: 'The removal is stopped',
    stoppedText: 'The case waits for an answer again.',
    alreadyDecided: 'This case is decided',
    alreadyDecidedText: (who, verdict) => `Answered by ${who}: ${verdict}.`,
    closed: 'This case is closed',
    closedText: (outcome) => `Outcome: ${outcome}.`,
    notYourTurn: 'There is nothing to answer at the moment',
    expired: 'This link has expired',
    expiredText: 'Use the link in a newer mail, or ask your account manager.',
    unknown: 'This link leads nowhere',
    unknownText: 'Open it from the mail again; it may have been cut off.',
    unavailable: 'We cannot show this at the moment',
    unavailableText: 'Please try the link again in a few minutes.',
    refused: 'The answer could not be taken',
  },
}

const zhCn: AnswerWords = {
  question: '该商品是否侵权？',
  why: '可疑原因',
  whyAsked: '为何请您判断',
  marketplace: '平台',
  listing: '商品',
  alsoSeen: '其他情况（未计入判断）',
  openListing: '打开商品页面',
  openListingNote: '卖家可能会看到有人访问。',
  answerBy: '请在此时间前答复',
  ifSilent: '逾期未答复',
  chooseLegend: '您的答复',
  removes: '商品将被下架',
  keeps: '商品继续在售',
  handsOver: '由您的客户经理接手',
  explanation: '说明',
  explanationHint: '您看到了什么？选填，但对后续处理很有帮助。',
  questionField: '您的问题',
  questionHint: '选择“需要更多信息”时必填。',
  proof: '品牌方如何答复',
  proofHint: '何人、何时、以何种方式答复。仅在代表平台决定时可留空。',
  attestation:
    '本人善意声明：所提供的信息准确、完整，且本人有权代表权利人行事。要求下架时必须勾选。',
  allowList: '选择“授权卖家”时可勾选：记住该卖家，其在本平台的商品不再询问。',
  submit: '提交答复',
  submitNote: '以第一个有效答复为准。',
  stopLegend: '该商品即将下架',
  stoppableUntil: '在此时间前可撤回',
  stop: '停止下架',
  case: '案件',
  errors: {
    heading: '答复不完整',
    verdictMissing: '请选择一项答复。',
    questionMissing: '请写明您需要了解什么。',
    attestationMissing: '请勾选声明，否则无法下架。',
    allowListAlone: '仅在选择“授权卖家”时才能记住卖家。',
  },
  results: {
    recorded: '谢谢，您的答复已记录',
    recordedText: (verdict) => `您的答复：${verdict}。`,
    kept: '谢谢，您的答复已保存',
    keptText: '稍后即会处理，无需重复提交。',
    stopped: '已停止下架',
    stoppedText: '案件重新等待答复。',
    alreadyDecided: '该案件已有决定',
    alreadyDecidedText: (who, verdict) => `${who}已答复：${verdict}。`,
    closed: '该案件已结案',
    closedText: (outcome) => `结果：${outcome}。`,
    notYourTurn: '目前无需答复',
    expired: '链接已过期',
    expiredText: '请使用较新邮件中的链接，或联系您的客户经理。',
    unknown: '链接无效',
    unknownText: '请从邮件中重新打开，链接可能不完整。',
    unavailable: '暂时无法显示',
    unavailableText: '请过几分钟再试。',
    refused: '答复未被接受',
  },
}

const wordsByLocale: Record<Locale, AnswerWords> = { en, 'zh-CN': zhCn }

/** The page's own words in a language. */
export function answerWordsFor(locale: Locale): AnswerWords {
  return wordsByLocale[locale]
}
