import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { FormRendererProps } from '../FormRenderer.tsx'
import type { FormStore } from './formStore.ts'
import { innerReferences, referenceRow, targetOf } from '../references/referenceRow.ts'

/**
 * Keeps `ref.<field>` true while a person chooses: expressions read the row behind a reference or a catalogue key. What
 * he may not read stays null, as on the server. `underway` holds what was asked for meanwhile. `isTold`: the rows of
 * what the form opened with are there already; `labels`: what it opened with by name.
 */
export function useReferenceRows(
  store: FormStore,
  underway: Set<Promise<unknown>>,
  isTold: boolean,
  labels: FormRendererProps['labels'],
): void {
  const client = useQueryClient()
  const [named] = useState(labels)
  useEffect(() => {
    const { schema, refs } = store.model
    const fields = Object.entries(schema.properties ?? {}).filter(([, field]) => targetOf(field) !== null)
    const inner = innerReferences(schema)
    const wanted = new Map<string, unknown>(fields.map(([name]) => [name, store.getSnapshot().raw[name]]))
    const { ref } = store.getEnvironment()
    for (const [name, field] of isTold ? [] : fields) {
      const value = wanted.get(name)
      if (typeof value !== 'string' || ref[name]?.id === value) continue
      const isNameless = field['x-ref'] !== undefined && named?.[name]?.[value] === undefined
      if (isNameless || refs.includes(name)) wanted.delete(name)
    }
    let gone = false

    const follow = () => {
      const { raw } = store.getSnapshot()
      for (const [name, field] of fields) {
        const value = raw[name]
        if (wanted.get(name) === value) continue
        wanted.set(name, value)
        if (typeof value !== 'string') {
          store.setReference(name, null)
          continue
        }
        const arriving = referenceRow(client, field, value, inner.get(name)).then((found) => {
          underway.delete(arriving)
          if (!gone && wanted.get(name) === value) store.setReference(name, found?.row ?? null, found?.names)
        })
        underway.add(arriving)
      }
    }
    follow()
    const stop = store.subscribe(follow)
    return () => {
      gone = true
      stop()
    }
  }, [store, underway, client, isTold, named])
}
