import type { FilterView } from '#engine/contract'
import type { FormSchema } from '#forms'
import { annotationOf } from '../../form/annotationOf.ts'
import type { ListQuery } from '../listQuery.ts'

/** The chosen keys of the catalogue that this filter's catalogue hangs on; null: none is chosen, or it hangs on none. */
export function parentKeysOf(filter: FilterView, schema: FormSchema | undefined, query: ListQuery): string[] | null {
  if (filter.kind !== 'catalog') return null
  const parent = annotationOf(schema?.properties?.[filter.name] ?? {}, 'x-catalog')?.parent
  return typeof parent === 'string' ? (query.filters[parent] ?? null) : null
}
