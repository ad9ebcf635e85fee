import type { TaskDoc } from '../persistence/index.ts'

/**
 * Where an open task stands: whose turn it is (its assignee, else its first candidate), and who may do it too. Both are
 * kept on the task, so that an index serves each tab of the inbox however many tasks are open.
 */
export function inboxOf(assignee: string | null, candidates: string[]): Pick<TaskDoc, 'turn' | 'also'> {
  return assignee === null
    ? { turn: candidates[0] ?? null, also: candidates.slice(1) }
    : { turn: `user:${assignee}`, also: candidates }
}
