import type { leadEn } from '../../en/portal/lead.js'

export const leadZhCn: Record<keyof typeof leadEn, string> = {
  'nav.lead': '主管',

  'lead.title': '需要主管处理的事项',
  'lead.intro': '谁的工作过多、哪些案件停滞、哪个平台没有答复。',
  'lead.workload': '工作量',
  'lead.workloadText': '按客户经理统计的未结案件。错过：最近 30 天内其本人错过的期限。',
  'lead.who': '人员',
  'lead.nobody': '无人负责',
  'lead.left': '已离职',
  'lead.missed': '错过',
  'lead.give': '转交他人',
  'lead.giveOf': '转交 {name} 的未结案件',
  'lead.giveThese': '转交 {count, plural, other {# 个案件}}',
  'lead.giveText': '案件会逐一转交。接手等待处理案件的人将收到一封邮件。',
  'lead.giving':
    '正在进行：已转交 {done, plural, other {# 个}}，{kept} 个保持不变，{failed} 个失败。',
  'lead.given':
    '已完成：已转交 {done, plural, other {# 个案件}}，{kept} 个保持不变，{failed} 个失败。',
  'lead.close': '关闭',
  'lead.stuck': '需要处理',
  'lead.stuckText': '按问题和平台分组，并说明如何推进。',
  'lead.noneStuck': '没有停滞的案件。',
  'lead.since': '最早始于',
  'lead.more': '另有 {count, plural, other {# 个}}',
  'lead.retryAll': '为 {count, plural, other {# 个案件}}再次请求平台',
  'lead.retrying': '正在请求：还剩 {count} 个',
  'lead.retried': '已再次请求 {done} 个，共 {count, plural, other {# 个案件}}',
  'lead.takedowns': '尚未答复的下架请求',
  'lead.takedownsText': '已向各平台提出但尚未得到答复的请求。',
  'lead.noTakedowns': '所有平台均已答复。',
  'lead.marketplace': '平台',
  'lead.waiting': '等待中',
  'lead.oldest': '最早始于',
}
