import type { HistoryEntry } from '#engine/contract'

const rank = { failed: 0, pending: 1, sent: 2 }
const near = 5 * 60_000

/**
 * One event to many people is one line of the story: neighbouring mails with the same subject become one, with all
 * recipients and the worst of their states.
 */
export function joinMails(entries: HistoryEntry[]): HistoryEntry[] {
  const joined: HistoryEntry[] = []
  for (const entry of entries) {
    const last = joined.at(-1)
    const together =
      entry.mail &&
      last?.mail?.subject === entry.mail.subject &&
      Math.abs(Date.parse(last.at) - Date.parse(entry.at)) < near
    if (!together || !last.mail || !entry.mail) {
      joined.push(entry)
      continue
    }
    const worst = rank[entry.mail.status] < rank[last.mail.status] ? entry.mail.status : last.mail.status
    joined[joined.length - 1] = {
      ...last,
      mail: { ...last.mail, to: `${last.mail.to}, ${entry.mail.to}`, status: worst },
    }
  }
  return joined
}
