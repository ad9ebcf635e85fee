import type { TaskView } from '#engine/contract'
import { dueGroup, groupByDue } from './groupByDue.ts'

// Friday 20 November 2026, 20:00 in Lima: already Saturday in UTC.
const now = new Date('2026-11-21T01:00:00Z')
const zone = 'America/Lima'

describe('the groups of the inbox', () => {
  it.each([
    ['2026-11-21T00:59:00Z', 'overdue'],
    ['2026-11-21T04:59:00Z', 'today'],
    ['2026-11-21T05:00:00Z', 'week'],
    ['2026-11-23T04:59:00Z', 'week'],
    ['2026-11-23T05:00:00Z', 'later'],
    [null, 'later'],
  ])('due %s is %s', (dueAt, group) => {
    expect(dueGroup(dueAt, now, zone)).toBe(group)
  })
  it('counts Sunday as the end of its week', () => {
    const sunday = new Date('2026-11-22T15:00:00Z')
    expect(dueGroup('2026-11-22T20:00:00Z', sunday, zone)).toBe('today')
    expect(dueGroup('2026-11-23T20:00:00Z', sunday, zone)).toBe('later')
  })
  it('puts the soonest first, then the more urgent, and leaves empty groups out', () => {
    const task = (id: string, dueAt: string | null, priority = 0) =>
      ({ id, dueAt, priority, createdAt: '2026-11-01T00:00:00Z' }) as TaskView
    const groups = groupByDue(
      [task('c', null), task('a', '2026-11-01T00:00:00Z'), task('d', null, 5), task('b', '2026-11-02T00:00:00Z')],
      now,
    )
    expect(groups.map(({ group, tasks }) => [group, tasks.map(({ id }) => id)])).toEqual([
      ['overdue', ['a', 'b']],
      ['later', ['d', 'c']],
    ])
  })
})
