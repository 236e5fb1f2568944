import type { Calendar } from './calendar.js'

/** In whose working days each window of a brand's cases is counted. */
export interface WindowCalendars {
  brand: Calendar
  accountManager: Calendar
  lead: Calendar
}

interface Works {
  calendar: Calendar
}

/** Everybody's own; where somebody is missing, that of who is asked before them stands in. */
export function windowCalendars(
  brand: Works,
  { manager, lead }: { manager: Works | null; lead: Works | null },
): WindowCalendars {
  return {
    brand: brand.calendar,
    accountManager: (manager ?? brand).calendar,
    lead: (lead ?? manager ?? brand).calendar,
  }
}
