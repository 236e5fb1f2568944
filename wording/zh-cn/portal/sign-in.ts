import type { signInEn } from '../../en/portal/sign-in.js'

export const signInZhCn: Record<keyof typeof signInEn, string> = {
  'signIn.title': '登录',
  'signIn.text': '我们会通过邮件发送登录链接。链接仅可使用一次，15 分钟内有效。',
  'signIn.email': '您的邮箱地址',
  'signIn.ask': '发送登录链接',
  'signIn.sent': '请查收邮件',
  'signIn.sentText':
    '如果 {email} 已开通账户，登录链接正在发送。请在本浏览器中打开；在其他浏览器中打开需要输入验证码。',
  'signIn.again': '使用其他邮箱',
  'signIn.confirm': '您即将在此浏览器中登录。',
  'signIn.enter': '登录',
  'signIn.code': '验证码',
  'signIn.codeHint': '您在另一个浏览器中打开了链接：请输入原浏览器显示的验证码。',
  'signIn.codeShown': '如果在其他浏览器中打开链接，请在那里输入此验证码：{code}',
  'signIn.failed': '该链接已失效，请重新获取。',
  'signIn.withProvider': '使用 {name} 登录',
  'signIn.newLink': '获取新链接',
}
