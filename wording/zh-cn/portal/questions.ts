import type { questionsEn } from '../../en/portal/questions.js'

export const questionsZhCn: Record<keyof typeof questionsEn, string> = {
  'nav.questions': '提问',

  'ask.ask': '向客户经理提问',
  'ask.askName': '向您的客户经理 {name} 提问',
  'ask.who': '{name} 负责您的品牌。',
  'ask.covers': '代理 {name}，其外出至',
  'ask.nobody': '目前没有专人负责您的品牌，将由主管答复。',
  'ask.clock': '您将在一个工作日内得到答复；逾期由主管接手。',
  'ask.aboutCase': '关于此案件：{title}',
  'ask.text': '您的问题',
  'ask.send': '发送问题',
  'ask.sent': '问题已发送。答复会通过邮件发送，也可在“提问”中查看。',
  'ask.earlier': '以前的提问',

  'questions.title': '提问',
  'questions.introBrand': '您向客户经理提出的问题及其答复。',
  'questions.introStaff': '品牌提出的问题。每个问题由客户经理在一个工作日内答复，之后由主管负责。',
  'questions.none': '还没有问题',
  'questions.noneBrand': '可在任何页面通过顶部按钮提问。',
  'questions.noneStaff': '品牌可在其每个页面通过按钮提问。',
  'questions.open': '品牌的提问',
  'questions.awaitingAccountManager': '等待客户经理',
  'questions.awaitingLead': '等待主管',
  'questions.answered': '已答复',
  'questions.case': '相关案件',
  'questions.staff': '平台',
  'questions.answer': '您的答复',
  'questions.send': '发送答复',
  'questions.given': '答复已发送',
}
