/** The periods that can be looked at, in days up to now. */
export const PERIODS = [7, 30, 90, 365] as const
/** One of them. */
export type Period = (typeof PERIODS)[number]

/** The one that is shown unless another is chosen. */
export const USUAL_PERIOD: Period = 30

/** What the address of the dashboard says; what is usual is not in it. */
export interface DashboardSearch {
  days?: Period
  /** Without the period before. */
  compare?: 'none'
  /** Only this brand. */
  brand?: string
}

/** The address as far as it can be meant. */
export function readDashboardSearch(given: Readonly<Record<string, unknown>>): DashboardSearch {
  const days = PERIODS.find((each) => String(each) === String(given['days']))
  const { compare, brand } = given
  return {
    ...(days === undefined || days === USUAL_PERIOD ? {} : { days }),
    ...(compare === 'none' ? { compare } : {}),
    ...(typeof brand === 'string' && /^[a-z0-9-]{1,64}$/.test(brand) ? { brand } : {}),
  }
}
