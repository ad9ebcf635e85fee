import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { RecordView } from '#engine/contract'
import { keys } from '../../../client/http/keys.ts'

/** How far one thing done to many records is, and what came of each. */
export interface BulkState {
  done: number
  total: number
  failed: { record: RecordView; error: unknown }[]
  isRunning: boolean
}

/**
 * Does one thing to many records, one after the other, so that each meets its own checks and a refusal stops nothing
 * else. It can be stopped between two; what was done stays done, and the report says so.
 */
export function useBulk(entity: string) {
  const client = useQueryClient()
  const [state, setState] = useState<BulkState | null>(null)
  const stopped = useRef(false)
  const isStopped = () => stopped.current
  const run = async (records: RecordView[], act: (record: RecordView) => Promise<unknown>): Promise<void> => {
    stopped.current = false
    const now: BulkState = { done: 0, total: records.length, failed: [], isRunning: true }
    setState(now)
    for (const record of records) {
      if (isStopped()) break
      try {
        await act(record)
        now.done += 1
      } catch (error) {
        now.failed = [...now.failed, { record, error }]
      }
      setState({ ...now })
    }
    setState({ ...now, isRunning: false })
    await client.invalidateQueries({ queryKey: [...keys.records(entity), 'list'] })
  }
  return { state, run, stop: () => (stopped.current = true), reset: () => setState(null) }
}
