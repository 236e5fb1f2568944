import type { settingsEn } from '../../en/portal/settings.js'

export const settingsZhCn: Record<keyof typeof settingsEn, string> = {
  'nav.settings': '设置',

  'form.cancel': '取消',
  'form.save': '保存',
  'form.acts': '操作',
  'form.more': '显示更多',
  'form.saved': '已保存。',
  'form.brand': '品牌',
  'form.noBrand': '您未负责任何品牌',

  'roleName.monitor': '监测方',
  'roleName.brandMember': '品牌成员',
  'roleName.brandAdmin': '品牌管理员',
  'roleName.accountManager': '客户经理',
  'roleName.lead': '主管',
  'roleName.operator': '运维人员',

  'sessions.title': '登录位置',
  'sessions.intro': '您登录过的每个浏览器。如有不认识的，请结束该登录并告知管理员。',
  'sessions.browser': '浏览器',
  'sessions.browserOn': '{system} 上的 {browser}',
  'sessions.unknownBrowser': '未知浏览器',
  'sessions.current': '当前',
  'sessions.as': '身份',
  'sessions.seen': '最近使用',
  'sessions.since': '登录时间',
  'sessions.end': '退出该登录',
  'sessions.endText': '该浏览器将在五秒内退出登录。',
  'sessions.endThisText': '这是您正在使用的浏览器：您将在此退出登录。',
  'sessions.endOthers': '退出所有其他登录',
  'sessions.endOthersText': '{count, plural, other {其他 # 个浏览器}}将在五秒内退出登录。',
}
