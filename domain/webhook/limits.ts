/** Endpoints a brand may have. */
export const MAX_ENDPOINTS = 20
/** How long a delivery can be looked up and sent again after it was last asked for, in days. */
export const DELIVERIES_KEPT_DAYS = 90
/**
 * Events that become known later than this are not sent by themselves, in days; well below
 * `DELIVERIES_KEPT_DAYS`, so that what was sent is always recognised. A replay sends them.
 */
export const SENT_WITHIN_DAYS = 30
/** How far back a replay may begin, in days: as far as changes can be read. */
export { CHANGES_KEPT_DAYS as REPLAYED_DAYS } from '../record/changes.js'
/** For how long a replaced secret still signs, unless told, and at most, in hours. */
export const OVERLAP_HOURS = { default: 24, max: 168 } as const
/** Attempts of a delivery that are shown, the latest. */
export const SHOWN_ATTEMPTS = 20
/** Ports at which receivers may listen, beside the usual one of HTTPS. */
export const WEBHOOK_PORTS = [8443] as const
