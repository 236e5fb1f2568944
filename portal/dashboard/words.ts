import type { DashboardWords } from '../../wording/portal-words.js'
import type { Locale } from '../../wording/vocabulary-words.js'

/** The sentences of the dashboard, each language a file of its own. */
export const dashboardWords: Record<Locale, () => Promise<DashboardWords>> = {
  en: async () => (await import('../../wording/en/portal/dashboard.js')).dashboardEn,
  'pt-BR': async () => (await import('../../wording/pt-br/portal/dashboard.js')).dashboardPtBr,
  'zh-CN': async () => (await import('../../wording/zh-cn/portal/dashboard.js')).dashboardZhCn,
}
