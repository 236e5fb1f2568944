import type { OperatorWords } from '../../wording/portal-words.js'
import type { Locale } from '../../wording/vocabulary-words.js'

/** The sentences of operators' pages, each language a file of its own. */
export const operatorWords: Record<Locale, () => Promise<OperatorWords>> = {
  en: async () => (await import('../../wording/en/portal/operator.js')).operatorEn,
  'pt-BR': async () => (await import('../../wording/pt-br/portal/operator.js')).operatorPtBr,
  'zh-CN': async () => (await import('../../wording/zh-cn/portal/operator.js')).operatorZhCn,
}
