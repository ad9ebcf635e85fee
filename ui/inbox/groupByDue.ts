import type { TaskView } from '#engine/contract'
import { todayIn } from '#forms'

export type DueGroup = 'overdue' | 'today' | 'week' | 'later'

/** Sunday of the week of `day` (AAAA-MM-DD), Monday being its first. */
function endOfWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + ((7 - date.getUTCDay()) % 7))
  return date.toISOString().slice(0, 10)
}

/** Where a task stands in the inbox: overdue by the instant, the rest by calendar days of the business. */
export function dueGroup(dueAt: string | null, now: Date, timeZone: string): DueGroup {
  if (!dueAt) return 'later'
  const due = new Date(dueAt)
  if (due < now) return 'overdue'
  const today = todayIn(now, timeZone)
  const day = todayIn(due, timeZone)
  if (day === today) return 'today'
  return day <= endOfWeek(today) ? 'week' : 'later'
}

const order: DueGroup[] = ['overdue', 'today', 'week', 'later']

/** Tasks in the groups of the inbox, soonest due first, then the more urgent, then the older. Empty groups are left out. */
export function groupByDue(
  tasks: TaskView[],
  now: Date,
  timeZone = 'America/Lima',
): { group: DueGroup; tasks: TaskView[] }[] {
  const sorted = [...tasks].sort(
    (a, b) =>
      (a.dueAt ?? '9999').localeCompare(b.dueAt ?? '9999') ||
      b.priority - a.priority ||
      a.createdAt.localeCompare(b.createdAt),
  )
  return order
    .map((group) => ({ group, tasks: sorted.filter((task) => dueGroup(task.dueAt, now, timeZone) === group) }))
    .filter(({ tasks: members }) => members.length > 0)
}
