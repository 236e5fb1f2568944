import type { LeadWords } from '../../wording/portal-words.js'
import type { Locale } from '../../wording/vocabulary-words.js'

/** The sentences of the lead's desk, each language a file of its own. */
export const leadWords: Record<Locale, () => Promise<LeadWords>> = {
  en: async () => (await import('../../wording/en/portal/lead.js')).leadEn,
  'pt-BR': async () => (await import('../../wording/pt-br/portal/lead.js')).leadPtBr,
  'zh-CN': async () => (await import('../../wording/zh-cn/portal/lead.js')).leadZhCn,
}
