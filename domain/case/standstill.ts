import { MINUTE_MS } from '../brand/calendar.js'

/**
 * The ways in which the process of a case can stand still, which its row does not show: it has not
 * opened, its record takes nothing more, or its code fails on its history.
 */
export const STANDSTILLS = ['notOpened', 'recordRefused', 'codeFailed'] as const
export type Standstill = (typeof STANDSTILLS)[number]

/** Those a process knows of itself, and says in its search attribute `Trouble`. */
export type Trouble = Exclude<Standstill, 'codeFailed'>

/** A case that has been opening for so long is reported: with a database it takes a moment. */
export const OPENING_LIMIT_MS = 5 * MINUTE_MS
