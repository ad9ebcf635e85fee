import { todayIn } from '#forms'

export const spanNames = ['today', 'week', 'month', 'lastMonth', 'year'] as const
export type SpanName = (typeof spanNames)[number]
interface Span {
  from: string
  to: string
}

const day = (date: Date): string => date.toISOString().slice(0, 10)

/** First and last day of the month of a day: `2026-02-10` → 2026-02-01 … 2026-02-28. */
export function monthSpan(of: string): Span {
  const [year, month] = of.split('-').map(Number) as [number, number]
  return { from: day(new Date(Date.UTC(year, month - 1, 1))), to: day(new Date(Date.UTC(year, month, 0))) }
}

/** The spans people ask for, by the calendar of the business; a week is the last seven days. */
export function dateSpans(now: Date, timeZone = 'America/Lima'): Record<SpanName, Span> {
  const today = todayIn(now, timeZone)
  const month = monthSpan(today)
  const before = new Date(`${month.from}T00:00:00Z`)
  before.setUTCDate(0)
  const weekAgo = new Date(`${today}T00:00:00Z`)
  weekAgo.setUTCDate(weekAgo.getUTCDate() - 6)
  const year = today.slice(0, 4)
  return {
    today: { from: today, to: today },
    week: { from: day(weekAgo), to: today },
    month,
    lastMonth: monthSpan(day(before)),
    year: { from: `${year}-01-01`, to: `${year}-12-31` },
  }
}
