import { Paper, Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useEntity } from '../../client/records/useEntities.ts'
import { useSavedDraft } from '../../client/drafts/useSavedDraft.ts'
import { PageTitle } from '../app/PageTitle.tsx'
import { paths } from '../app/paths.ts'
import { PageError } from '../feedback/PageError.tsx'
import { SavedRecordForm } from './SavedRecordForm.tsx'
import { useOpenedRecord } from './useOpenedRecord.ts'
import { useRelatedSections } from './useRelatedSections.tsx'

/** Edits a record by its plain form; `notFound` is drawn where there is none for this person. */
export function EditRecord({ entity: key, id, notFound }: { entity: string; id: string; notFound: ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: entity, error } = useEntity(key)
  const { record, error: missing } = useOpenedRecord(key, id)
  const draftKey = `record:${key}:${id}`
  const draft = useSavedDraft(draftKey)
  const sections = useRelatedSections(entity, record)
  if (error || missing) return <PageError error={error ?? missing} />
  if (!entity || !record || draft === undefined || sections === null) return <Skeleton height={400} aria-busy />
  if (!entity.form || !record.permissions.edit) return notFound
  return (
    <Stack gap="md">
      <PageTitle title={t('kit.record.editTitle', { name: record.label })} />
      <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
        <SavedRecordForm
          entity={entity}
          record={record}
          draftKey={draftKey}
          // What was typed over an older state of the record would undo what somebody saved since.
          draft={draft && draft.savedAt > record.updatedAt ? draft : null}
          moreSections={sections}
          onSaved={() => void navigate(paths.record(key, id), { replace: true })}
          onCancel={() => void navigate(-1)}
        />
      </Paper>
    </Stack>
  )
}
