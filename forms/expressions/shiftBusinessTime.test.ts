import { shiftBusinessTime } from './shiftBusinessTime.ts'

const isOpen = (day: string): boolean =>
  ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && day !== '2026-03-05'
const shifted = (due: string, from: string, to: string): string =>
  shiftBusinessTime(new Date(due), new Date(from), new Date(to), isOpen, 'America/Lima').toISOString()

it.each([
  // Monday to Friday with a holiday on Thursday is three days, and the deadline moves by three business days.
  ['2026-03-04T15:00:00Z', '2026-03-02T15:00:00Z', '2026-03-06T15:00:00Z', '2026-03-10T15:00:00.000Z'],
  // Two hours are two hours; over a weekend the rest is used on Monday (midnight in Lima is 05:00 UTC).
  ['2026-03-04T15:00:00Z', '2026-03-02T15:00:00Z', '2026-03-02T17:00:00Z', '2026-03-04T17:00:00.000Z'],
  ['2026-03-07T04:00:00Z', '2026-03-02T15:00:00Z', '2026-03-02T17:00:00Z', '2026-03-09T06:00:00.000Z'],
  // A pause over a weekend alone moves nothing.
  ['2026-03-10T15:00:00Z', '2026-03-07T05:00:00Z', '2026-03-09T05:00:00Z', '2026-03-10T15:00:00.000Z'],
  ['2026-03-10T15:00:00Z', '2026-03-06T15:00:00Z', '2026-03-06T15:00:00Z', '2026-03-10T15:00:00.000Z'],
])('due %s, paused from %s to %s: %s', (due, from, to, expected) => {
  expect(shifted(due, from, to)).toBe(expected)
})
