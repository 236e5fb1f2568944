import type { WebhookMailWords } from '../webhook-mail-words.js'

export const webhookMailZhCn: WebhookMailWords = {
  subject: ({ brand, host }) => `${brand}：已停止向 ${host} 发送消息`,
  heading: '一个 Webhook 端点已停用',
  paragraphs: ({ brand, host, reason, hours }) => [
    reason === 'gone'
      ? `${brand} 位于 ${host} 的系统答复该地址已永久失效（410），因此不再向其发送任何消息。`
      : `${brand} 位于 ${host} 的系统已超过 ${hours} 小时未接收任何消息，因此不再向其发送任何消息。`,
    '案件照常处理：您仍会通过邮件和门户收到询问与通知。',
    '系统恢复后请重新启用该端点。届时等待中的消息会继续发送；停用期间发生的事件，需要您对该时段执行重发。',
  ],
  action: '查看端点',
  footer: '本邮件由 Joint-Force 自动发送，回复不会被阅读。',
}
