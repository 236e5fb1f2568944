import type { portalEn } from './en/portal.js'
import type { dashboardEn } from './en/portal/dashboard.js'
import type { leadEn } from './en/portal/lead.js'
import type { operatorEn } from './en/portal/operator.js'

/** Every sentence of the portal by its name; a language that lacks one does not compile. */
export type PortalWord =
  keyof typeof portalEn | keyof typeof dashboardEn | keyof typeof operatorEn | keyof typeof leadEn

/** The sentences that every screen may show in one language, in the form of ICU messages: `{count, plural, one {# case} other {# cases}}`. */
export type PortalWords = Readonly<Record<keyof typeof portalEn, string>>

/** Those that only the dashboard shows and that are loaded with it. */
export type DashboardWords = Readonly<Record<keyof typeof dashboardEn, string>>

/** Those that only the pages of operators show. */
export type OperatorWords = Readonly<Record<keyof typeof operatorEn, string>>

/** Those of the lead’s desk, some of which operators see, too. */
export type LeadWords = Readonly<Record<keyof typeof leadEn, string>>
