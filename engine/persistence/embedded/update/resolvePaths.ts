import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { Filter } from '../query/filter.ts'
import { isIndexName } from '../query/walkPath.ts'

/** `arrayFilters` by identifier: each tests `{identifier: element}`. */
export type ArrayFilters = ReadonlyMap<string, Filter>

/**
 * Concrete paths a path with `$`, `$[]` and `$[identifier]` stands for in this document.
 * @throws StoreError 2 when `$` has no matched element or `$[]` meets something that is not an array
 */
export function resolvePaths(
  root: Doc,
  parts: readonly string[],
  arrayIndex: number | undefined,
  filters: ArrayFilters,
): string[][] {
  if (!parts.some((part) => part.startsWith('$'))) return [parts as string[]]
  let paths: { path: string[]; value: Value | undefined }[] = [{ path: [], value: root }]
  for (const part of parts) {
    const next: typeof paths = []
    for (const { path, value } of paths) {
      if (part === '$') {
        if (arrayIndex === undefined)
          throw new StoreError(2, 'The positional operator did not find the match needed from the query.')
        next.push({ path: [...path, String(arrayIndex)], value: Array.isArray(value) ? value[arrayIndex] : undefined })
      } else if (part.startsWith('$[')) {
        if (!Array.isArray(value))
          throw new StoreError(
            2,
            value === undefined
              ? `The path '${path.join('.')}' must exist in the document in order to apply array updates.`
              : `Cannot apply array updates to non-array element ${path[path.length - 1] ?? ''}`,
          )
        const identifier = part.slice(2, -1)
        const filter = identifier === '' ? undefined : filters.get(identifier)
        value.forEach((item, index) => {
          if (!filter || filter.matches(new Map([[identifier, item]])))
            next.push({ path: [...path, String(index)], value: item })
        })
      } else next.push({ path: [...path, part], value: childOf(value, part) })
    }
    paths = next
  }
  return paths.map(({ path }) => path)
}

function childOf(value: Value | undefined, part: string): Value | undefined {
  if (isDoc(value)) return value.get(part)
  return Array.isArray(value) && isIndexName(part) ? value[Number(part)] : undefined
}
