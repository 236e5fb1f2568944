import type { PortalWords } from '../../wording/portal-words.js'
import type { Locale } from '../../wording/vocabulary.js'

const loaders: Record<Locale, () => Promise<PortalWords>> = {
  en: async () => (await import('../../wording/en/portal.js')).portalEn,
  'pt-BR': async () => (await import('../../wording/pt-br/portal.js')).portalPtBr,
  'zh-CN': async () => (await import('../../wording/zh-cn/portal.js')).portalZhCn,
}

/** The sentences of the portal in a language; a reader loads no other. */
export function loadPortalWords(locale: Locale): Promise<PortalWords> {
  return loaders[locale]()
}
