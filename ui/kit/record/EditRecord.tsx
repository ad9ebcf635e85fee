import { Paper, Skeleton, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { EntityView, FormDraftView, RecordPageView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { ApiError } from '../../client/ApiError.ts'
import { keys } from '../../client/keys.ts'
import { request } from '../../client/request.ts'
import { useEntity } from '../../client/useEntities.ts'
import { useRecord, useUpdateRecord } from '../../client/useRecord.ts'
import { useSavedDraft } from '../../client/useSavedDraft.ts'
import { PageTitle } from '../app/PageTitle.tsx'
import { paths } from '../app/paths.ts'
import { PageError } from '../feedback/PageError.tsx'
import { FormRenderer, type MoreSection } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/toEnvironment.ts'
import { ConflictTable } from './ConflictTable.tsx'
import { changesOf, findConflicts } from './findConflicts.ts'
import { useRelatedSections } from './useRelatedSections.tsx'

/** Edits a record by its plain form; `notFound` is drawn where there is none for this person. */
export function EditRecord({ entity: key, id, notFound }: { entity: string; id: string; notFound: ReactNode }) {
  const { data: entity, error } = useEntity(key)
  const { data: record, error: missing } = useRecord(key, id)
  // The revision the person began with: a refresh behind him must not move it.
  const draft = useSavedDraft(draftOf(key, id))
  const opened = useRef<RecordPageView | null>(null)
  opened.current ??= record ?? null
  const sections = useRelatedSections(entity, opened.current)
  if (error || missing) return <PageError error={error ?? missing} />
  if (!entity || !opened.current || draft === undefined || sections === null) return <Skeleton height={400} aria-busy />
  if (!entity.form || !opened.current.permissions.edit) return notFound
  return <EditForm entity={entity} record={opened.current} draft={draft} sections={sections} />
}

const draftOf = (entity: string, id: string) => `record:${entity}:${id}`

function EditForm(props: {
  entity: EntityView
  record: RecordPageView
  draft: FormDraftView | null
  sections: MoreSection[]
}) {
  const { entity, record, draft, sections } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
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
    void navigate(paths.record(entity.key, record.id), { replace: true })
  }
  return (
    <Stack gap="md">
      <PageTitle title={t('kit.record.editTitle', { name: record.label })} />
      <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
        <FormRenderer
          form={entity.form!}
          data={own(record.data)}
          labels={record.labels}
          environment={toEnvironment(record.environment, record.data)}
          draftKey={draftOf(entity.key, record.id)}
          // What was typed over an older state of the record would undo what somebody saved since.
          draft={draft && draft.savedAt > record.updatedAt ? draft : null}
          moreSections={sections}
          actions={[{ key: 'save', label: t('kit.save'), kind: 'primary' }]}
          onCancel={() => void navigate(-1)}
          onSubmit={async (_, { data, warned }) => {
            try {
              await save(data, record, warned)
            } catch (error) {
              if (!(error instanceof ApiError && error.code === 'record.stale')) throw error
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
          onRefused={(error) => error instanceof ApiError && error.code === 'record.stale'}
        />
      </Paper>
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
    </Stack>
  )
}
