import { dateSpans, monthSpan } from './dateSpans.ts'

describe('spans of days', () => {
  it('follow the calendar of the business, not that of the clock', () => {
    // 03:00 UTC of the first is still the last of the month before in Lima.
    const spans = dateSpans(new Date('2026-03-01T03:00:00Z'))
    expect(spans).toEqual({
      today: { from: '2026-02-28', to: '2026-02-28' },
      week: { from: '2026-02-22', to: '2026-02-28' },
      month: { from: '2026-02-01', to: '2026-02-28' },
      lastMonth: { from: '2026-01-01', to: '2026-01-31' },
      year: { from: '2026-01-01', to: '2026-12-31' },
    })
  })
  it('know the length of every month', () => {
    expect(monthSpan('2028-02-11')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(monthSpan('2026-12-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  })
  it('cross the year backwards', () => {
    expect(dateSpans(new Date('2026-01-15T17:00:00Z')).lastMonth).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  })
})
