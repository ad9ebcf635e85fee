import { useMemo } from 'react'
import { mayRemoveRow, rowName, type JsonObject } from '#forms'
import { useFormScope } from '../../FormScope.ts'

/** Places of the rows that must stay, as the server will have it; most lists have none. */
export function useKeptRows(path: string, rows: JsonObject[]): ReadonlySet<number> {
  const { store } = useFormScope()
  const list = useMemo(
    () => store.model.fields.find((field) => field.path === path && field.rows?.removeWhen),
    [store, path],
  )
  const names = useMemo(() => {
    const environment = store.getEnvironment()
    const saved = environment.record?.[path]
    if (!list || !Array.isArray(saved)) return new Set<string>()
    const { value } = store.getSnapshot().settled
    const kept = (saved as JsonObject[]).filter((row) => !mayRemoveRow(list, row, value, environment))
    return new Set(kept.map((row) => rowName(list, row)))
  }, [store, list, path])
  return useMemo(() => {
    if (!list || names.size === 0) return new Set()
    return new Set(rows.flatMap((row, at) => (names.has(rowName(list, row)) ? [at] : [])))
  }, [list, names, rows])
}
