import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordPageView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { ApiError } from '../../client/http/ApiError.ts'
import { keys } from '../../client/http/keys.ts'
import { request } from '../../client/http/request.ts'
import { useUpdateRecord } from '../../client/records/useRecord.ts'
import { FormRenderer, type FormRendererProps } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'
import { ConflictTable } from './ConflictTable.tsx'
import { changesOf, findConflicts } from './findConflicts.ts'

type Surroundings = Pick<FormRendererProps, 'draftKey' | 'draft' | 'moreSections' | 'depth' | 'onTouched'>

const isStale = (error: unknown) => error instanceof ApiError && error.code === 'record.stale'

/**
 * The plain form of a saved record, on a page or in a window: sends what was changed, and where somebody else saved in
 * between, asks what is to count. `record` as the person began with it.
 */
export function SavedRecordForm(
  props: Surroundings & { entity: EntityView; record: RecordPageView; onSaved: () => void; onCancel: () => void },
) {
  const { entity, record, onSaved, onCancel, ...surroundings } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const update = useUpdateRecord(entity.key, record.id)
  const isSaved = useRef(false)
  const [theirs, setTheirs] = useState<RecordPageView | null>(null)
  const [mine, setMine] = useState<JsonObject>(record.data)
  const fields = Object.keys(entity.form!.schema.properties ?? {})
  const own = (data: JsonObject) => Object.fromEntries(Object.entries(data).filter(([name]) => fields.includes(name)))
  const save = async (data: JsonObject, base: RecordPageView, warned = false) => {
    const changes = changesOf(own(base.data), own(data))
    await update.mutateAsync({ data: changes, revision: base.revision, ...(warned ? { warned } : {}) })
    isSaved.current = true
    onSaved()
  }
  return (
    <>
      <FormRenderer
        {...surroundings}
        form={entity.form!}
        data={own(record.data)}
        labels={record.labels}
        environment={toEnvironment(record.environment, record.data)}
        actions={[{ key: 'save', label: t('kit.save'), kind: 'primary' }]}
        onCancel={onCancel}
        onSubmit={async (_, { data, warned }) => {
          try {
            await save(data, record, warned)
          } catch (error) {
            if (!isStale(error)) throw error
            setMine(data)
            setTheirs(
              await client.fetchQuery({
                queryKey: keys.record(entity.key, record.id),
                staleTime: 0,
                queryFn: () => request('getRecord', { params: { entity: entity.key, id: record.id } }),
              }),
            )
            // Shown as a table, not as an error.
            throw error
          }
        }}
        isSaved={() => isSaved.current}
        onRefused={isStale}
      />
      {theirs && (
        <ConflictTable
          conflicts={findConflicts(own(record.data), own(mine), own(theirs.data))}
          schema={entity.schema}
          mine={own(mine)}
          theirs={own(theirs.data)}
          who={theirs.updatedBy}
          labels={{ ...record.labels, ...theirs.labels }}
          onClose={() => setTheirs(null)}
          onResolve={(chosen) => {
            // Their other fields stay as they saved them: only this person's choices go over the newer revision.
            const merged = { ...own(theirs.data), ...changesOf(own(record.data), chosen) }
            // What he was warned about he has seen in the form.
            void save(merged, theirs, true).catch(() => setTheirs(null))
          }}
        />
      )}
    </>
  )
}
