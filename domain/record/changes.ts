/** How long a change of a record can be read in the feed of changes, in days. */
export const CHANGES_KEPT_DAYS = 90
