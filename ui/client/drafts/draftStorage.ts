import type { JsonObject } from '#forms'

export interface StoredDraft {
  data: JsonObject
  /** ISO 8601, the browser's clock. */
  savedAt: string
  /** false: the server has not got it yet. */
  sent: boolean
}

const prefix = 'cauce.draft.'
const owner = 'cauce.draftsOf'

/** What was typed, kept in this browser until the server has it. Reading never throws: a full or closed store is empty. */
export const draftStorage = {
  read(key: string): StoredDraft | null {
    try {
      const text = localStorage.getItem(prefix + key)
      return text ? (JSON.parse(text) as StoredDraft) : null
    } catch {
      return null
    }
  },
  write(key: string, draft: StoredDraft): void {
    try {
      localStorage.setItem(prefix + key, JSON.stringify(draft))
    } catch {
      // Private window or full: the server still gets it.
    }
  },
  drop(key: string): void {
    try {
      localStorage.removeItem(prefix + key)
    } catch {
      // Nothing to forget.
    }
  },
  /** A browser keeps the drafts of one person: another one who signs in finds none. */
  belongTo(user: string): void {
    try {
      if (localStorage.getItem(owner) !== user) this.clear()
      localStorage.setItem(owner, user)
    } catch {
      // Nothing is kept, so nothing is seen.
    }
  },
  /** Forgets everybody's drafts in this browser (sign-out on a shared machine). */
  clear(): void {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
    } catch {
      // Nothing to forget.
    }
  },
}
