import type { frameEn } from '../../en/portal/frame.js'

export const frameZhCn: Record<keyof typeof frameEn, string> = {
  loading: '正在加载',

  'messages.label': '消息',
  'messages.close': '关闭消息',

  'nav.main': '主导航',
  'nav.inbox': '收件箱',
  'nav.dashboard': '数据概览',
  'nav.help': '键盘快捷键',
  'nav.account': '账户与设置',
  'nav.language': '语言',
  'nav.theme': '外观',
  'nav.as': '当前身份',
  'nav.everyBrand': '全部品牌',
  'nav.signOut': '退出登录',

  'theme.system': '跟随系统',
  'theme.light': '浅色',
  'theme.dark': '深色',

  'sync.at': '截至 {time}',
  'sync.never': '尚未加载',
  'sync.offline': '离线：当前内容截至 {time}',
  'sync.unreachable': '服务无响应：当前内容截至 {time}',

  'screen.none': '没有这个页面',
  'screen.noneText': '网址可能不完整。',
  'screen.toInbox': '前往收件箱',
  'screen.broken': '页面无法显示',
  'screen.brokenText': '请重新加载。您已填写但尚未发送的内容会保留。',
  'screen.reload': '重新加载',

  'trouble.title': '无法加载',
  'trouble.retry': '重试',
  'trouble.signedOut': '您的登录已失效。',
  'trouble.notYours': '您的角色无权执行此操作。',
  'trouble.brandInactive': '该品牌目前未参与。',
  'trouble.notFound': '案件不存在，或您无权查看。',
  'trouble.alreadyDecided': '已有人先作出决定，案件中会显示决定人和内容。',
  'trouble.listingChanged':
    '自您查看之后商品内容发生了变化，因此您的答复未被采纳。请查看最新内容。',
  'trouble.caseClosed': '案件已结案。',
  'trouble.superseded': '同一商品已有更新的案件，请以该案件为准。',
  'trouble.stillOpening': '案件仍在立案中，请稍后重试。',
  'trouble.notNow': '案件当前状态下无法执行此操作。',
  'trouble.stale':
    '期间已有他人作出修改，因此您的修改未保存。现在显示的是最新内容：请查看后重新修改。',
  'trouble.lastAdmin': '品牌需要至少一名管理员：请先指定另一位。',
  'trouble.exists': '已存在。',
  'trouble.tooManyKeys': '密钥数量已达上限，请吊销不再使用的密钥。',
  'trouble.tooOften': '请求过于频繁，请稍候。',
  'trouble.busy': '服务暂时无法响应。数据不会丢失，请稍后重试。',
  'trouble.unreachable': '无法连接到服务。请检查网络后重试。',
  'trouble.signInRefused': '该账户在此无人使用。请通过邮件登录，或联系邀请您的人。',
  'trouble.providerAway': '目前无法在该处登录。请通过邮件登录，或稍后重试。',
  'trouble.refused': '请求被拒绝：',
  'trouble.unexpected': '发生意外错误，请重试。',

  'time.left': '剩余 {span}',
  'time.over': '已超 {span}',
  'nav.lead': '主管',
  'nav.brands': '品牌',
  'nav.marketplaces': '平台',
}
