import type { QueryClient } from '@tanstack/react-query'
import type { CatalogView, EntityView, RecordPageView } from '#engine/contract'
import type { FormSchema, JsonObject } from '#forms'
import { keys } from '../../../client/http/keys.ts'
import { request } from '../../../client/http/request.ts'
import { annotationOf } from '../schema/annotationOf.ts'

/** What a field points at; null for one that points at nothing. */
export function targetOf(field: FormSchema): { entity: string } | { catalog: string } | null {
  const entity = annotationOf(field, 'x-ref')?.entity
  if (typeof entity === 'string') return { entity }
  const catalog = annotationOf(field, 'x-catalog')?.catalog
  return typeof catalog === 'string' ? { catalog } : null
}

interface Found {
  row: JsonObject
  /** id → name, of the record and of those it refers to: what is computed from a row may be one of its references. */
  names?: Record<string, string>
}

/**
 * The row behind a reference or a catalogue key; null where there is none, or none that this person may read. `inner`:
 * fields of that row whose own rows are wanted too, as `ref` within it.
 */
export async function referenceRow(
  client: QueryClient,
  field: FormSchema,
  value: string,
  inner: string[] = [],
): Promise<Found | null> {
  const target = targetOf(field)
  if (!target) return null
  try {
    if ('catalog' in target) {
      const { rows } = await client.fetchQuery<CatalogView>({
        queryKey: keys.catalog(target.catalog),
        staleTime: 60 * 60_000,
        queryFn: () => request('getCatalog', { params: target }),
      })
      const row = rows.find(({ key }) => key === value)
      return row ? { row: { ...row.data, id: row.key } } : null
    }
    const { entity } = target
    const record = await client.fetchQuery<RecordPageView>({
      queryKey: keys.record(entity, value),
      staleTime: 30_000,
      queryFn: () => request('getRecord', { params: { entity, id: value } }),
    })
    const row: JsonObject = { ...record.data, id: record.id }
    if (inner.length > 0) row.ref = await innerRows(client, entity, record.data, inner)
    const named: Record<string, string>[] = [{ [record.id]: record.label }, ...Object.values(record.labels)]
    return { row, names: Object.fromEntries(named.flatMap((names) => Object.entries(names))) }
  } catch {
    return null
  }
}

async function innerRows(
  client: QueryClient,
  entity: string,
  data: JsonObject,
  names: string[],
): Promise<Record<string, JsonObject | null>> {
  const { schema } = await client.fetchQuery<EntityView>({
    queryKey: keys.entity(entity),
    staleTime: 5 * 60_000,
    queryFn: () => request('getEntity', { params: { entity } }),
  })
  const rows = names.map(async (name) => {
    const [field, value] = [schema.properties?.[name], data[name]]
    const found = field && typeof value === 'string' ? await referenceRow(client, field, value) : null
    return [name, found?.row ?? null] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}

/** Field → fields of the row behind it whose rows expressions name: `ref.site.ref.owner.code` wants `owner` of `site`. */
export function innerReferences(schema: FormSchema): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const [, field = '', inner = ''] of JSON.stringify(schema).matchAll(
    /\bref\.([\p{L}_][\p{L}\p{N}_]*)\.ref\.([\p{L}_][\p{L}\p{N}_]*)/gu,
  ))
    named.set(field, [...new Set([...(named.get(field) ?? []), inner])])
  return named
}
