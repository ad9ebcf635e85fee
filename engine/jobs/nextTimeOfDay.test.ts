import { nextTimeOfDay } from './nextTimeOfDay.ts'

describe('the next time of day', () => {
  it.each([
    ['2026-03-02T04:59:59Z', '2026-03-02T05:00:00.000Z'],
    ['2026-03-02T05:00:00Z', '2026-03-03T05:00:00.000Z'],
    ['2026-03-02T23:00:00Z', '2026-03-03T05:00:00.000Z'],
  ])('midnight in Lima after %s is %s', (now, next) => {
    expect(nextTimeOfDay(new Date(now), '00:00', 'America/Lima').toISOString()).toBe(next)
  })
  it('follows the offset of a zone that changes it', () => {
    expect(nextTimeOfDay(new Date('2026-03-28T12:00:00Z'), '08:00', 'Europe/Madrid').toISOString()).toBe(
      '2026-03-29T06:00:00.000Z',
    )
  })
})
