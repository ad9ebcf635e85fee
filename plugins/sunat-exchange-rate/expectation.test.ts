import { isExpected, missingSince } from './expectation.ts'

const holidays = ['2021-07-28', '2021-07-29']
/** Business days of July 2021. */
const isBusinessDay = (day: string): boolean =>
  ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !holidays.includes(day)
const since = (lastPublished: string | null, today: string): string | undefined =>
  missingSince({ lastPublished, today, timeZone: 'America/Lima', isBusinessDay })?.toISOString()

describe('when a value is expected', () => {
  it("[FM-D-108] as SUNAT's table of July 2021 has it: gaps on 4, 5, 29 and 30, a value on 28 and 31", () => {
    const days = ['2021-07-02', '2021-07-03', '2021-07-04', '2021-07-05', '2021-07-06']
    expect(days.map((day) => isExpected(day, isBusinessDay))).toEqual([true, true, false, false, true])
    const feast = ['2021-07-28', '2021-07-29', '2021-07-30', '2021-07-31']
    expect(feast.map((day) => isExpected(day, isBusinessDay))).toEqual([true, false, false, true])
  })
  it('[FM-D-108] nothing is missing over a weekend; the wait begins with the first expected day', () => {
    expect(since('2021-07-03', '2021-07-05')).toBeUndefined()
    expect(since('2021-07-03', '2021-07-06')).toBe('2021-07-06T05:00:00.000Z')
    expect(since('2021-07-02', '2021-07-05')).toBe('2021-07-03T05:00:00.000Z')
    expect(since('2021-07-06', '2021-07-06')).toBeUndefined()
    expect(since(null, '2021-07-04')).toBe('2021-07-04T05:00:00.000Z')
  })
})
