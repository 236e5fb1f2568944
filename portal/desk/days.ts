/** The day of an ISO moment where the browser is, as a field for days writes it: `2026-07-06`. */
export function dayOf(moment: string): string {
  const at = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** When such a day begins there, as an ISO moment; `null` for what is no day. */
export function startOf(day: string): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  if (year === undefined || month === undefined || date === undefined) return null
  return new Date(Number(year), Number(month) - 1, Number(date)).toISOString()
}
