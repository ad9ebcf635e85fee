import { useMemo, useState } from 'react'
import type { RecordView } from '#engine/contract'

/** The most that is marked at once: more is a filter's work. */
export const mostMarked = 200

/** Marked records of a list; they stay marked from page to page. */
export interface Selection {
  records: Map<string, RecordView>
  toggle: (record: RecordView) => void
  /** All of a page, or none of it. */
  togglePage: (records: RecordView[]) => void
  /** What they are now, after something was done with them. */
  keep: (records: RecordView[]) => void
  clear: () => void
}

export function useSelection(): Selection {
  const [records, setRecords] = useState(new Map<string, RecordView>())
  return useMemo(
    () => ({
      records,
      toggle: (record) =>
        setRecords((before) => {
          const next = new Map(before)
          if (!next.delete(record.id) && next.size < mostMarked) next.set(record.id, record)
          return next
        }),
      togglePage: (page) =>
        setRecords((before) => {
          const next = new Map(before)
          const all = page.every((record) => next.has(record.id))
          for (const record of page) {
            if (all) next.delete(record.id)
            else if (next.size < mostMarked) next.set(record.id, record)
          }
          return next
        }),
      keep: (kept) => setRecords(new Map(kept.map((record) => [record.id, record]))),
      clear: () => setRecords(new Map()),
    }),
    [records],
  )
}
