import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CatalogView, RecordPageView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { keys } from '../../client/keys.ts'
import { request } from '../../client/request.ts'
import { annotationOf } from './annotationOf.ts'
import type { FormRendererProps } from './FormRenderer.tsx'
import type { FormStore } from './formStore.ts'

/**
 * Keeps `ref.<field>` true while a person chooses: expressions read the row behind a reference or a catalogue key. What
 * he may not read stays null, as on the server. `isTold`: the rows of what the form opened with are there already;
 * `labels`: what it opened with by name.
 */
export function useReferenceRows(store: FormStore, isTold: boolean, labels: FormRendererProps['labels']): void {
  const client = useQueryClient()
  const [named] = useState(labels)
  useEffect(() => {
    const fields = Object.entries(store.model.schema.properties ?? {}).flatMap(([name, field]) => {
      const entity = annotationOf(field, 'x-ref')?.entity
      const catalog = annotationOf(field, 'x-catalog')?.catalog
      return typeof entity === 'string' || typeof catalog === 'string' ? [{ name, entity, catalog }] : []
    })
    const wanted = new Map<string, unknown>(fields.map(({ name }) => [name, store.getSnapshot().raw[name]]))
    const { ref } = store.getEnvironment()
    for (const { name, entity } of isTold ? [] : fields) {
      const value = wanted.get(name)
      if (typeof value !== 'string' || ref[name]?.id === value) continue
      const isNameless = entity !== undefined && named?.[name]?.[value] === undefined
      if (isNameless || store.model.refs.includes(name)) wanted.delete(name)
    }
    let gone = false

    const follow = () => {
      const { raw } = store.getSnapshot()
      for (const { name, entity, catalog } of fields) {
        const value = raw[name]
        if (wanted.get(name) === value) continue
        wanted.set(name, value)
        if (typeof value !== 'string') {
          store.setReference(name, null)
          continue
        }
        const arrived = (row: JsonObject | null, names?: Record<string, string>) => {
          if (!gone && wanted.get(name) === value) store.setReference(name, row, names)
        }
        if (typeof entity === 'string')
          client
            .fetchQuery<RecordPageView>({
              queryKey: keys.record(entity, value),
              staleTime: 30_000,
              queryFn: () => request('getRecord', { params: { entity, id: value } }),
            })
            .then((record) => arrived({ ...record.data, id: record.id }, namesIn(record)))
            .catch(() => arrived(null))
        else
          client
            .fetchQuery<CatalogView>({
              queryKey: keys.catalog(catalog as string),
              staleTime: 60 * 60_000,
              queryFn: () => request('getCatalog', { params: { catalog: catalog as string } }),
            })
            .then(({ rows }) => rows.find((row) => row.key === value))
            .then((row) => arrived(row ? { ...row.data, id: row.key } : null))
            .catch(() => arrived(null))
      }
    }
    follow()
    const stop = store.subscribe(follow)
    return () => {
      gone = true
      stop()
    }
  }, [store, client, isTold, named])
}

/** A value that is computed from a row may be one of its references: who reads the row reads their names with it. */
const namesIn = ({ id, label, labels }: RecordPageView): Record<string, string> =>
  Object.assign({ [id]: label }, ...Object.values(labels)) as Record<string, string>
