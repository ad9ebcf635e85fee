import { useRef } from 'react'
import type { RecordPageView } from '#engine/contract'
import { useRecord } from '../../client/records/useRecord.ts'

/** A record as the person began to edit it: a refresh behind him does not move its revision. */
export function useOpenedRecord(entity: string, id: string): { record: RecordPageView | null; error: Error | null } {
  const { data, error } = useRecord(entity, id)
  const opened = useRef<RecordPageView | null>(null)
  opened.current ??= data ?? null
  return { record: opened.current, error }
}
