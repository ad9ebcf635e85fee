import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request, type RequestInput } from '../http/request.ts'

/** Tasks: `{tab: mine|group|following, record, instance, status, q, page, size}`. */
export function useTasks(query: Record<string, string | number | undefined>, options: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: keys.taskList(JSON.stringify(query)),
    enabled: options.enabled !== false,
    placeholderData: keepPreviousData,
    // What others did shows within the minute, and at once when the window is looked at again.
    refetchInterval: 60_000,
    queryFn: ({ signal }) => request('listTasks', { query: query as RequestInput['query'], signal }),
  })
}
