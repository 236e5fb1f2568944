/**
 * In which order a list shows cases; `-` = the latest first. By deadline and by severity come open
 * cases only, by closing closed ones.
 */
export const CASE_SORTS = ['-openedAt', 'openedAt', 'dueAt', 'severity', '-closedAt'] as const
export type CaseSort = (typeof CASE_SORTS)[number]
