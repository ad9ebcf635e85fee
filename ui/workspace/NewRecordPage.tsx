import { Paper, Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useParams } from 'react-router'
import { lowerFirst } from '#forms'
import { useEntity } from '../client/records/useEntities.ts'
import { useCreateRecord } from '../client/records/useRecord.ts'
import { useSavedDraft } from '../client/drafts/useSavedDraft.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import { PageError } from '../kit/feedback/PageError.tsx'
import { FormRenderer } from '../kit/form/FormRenderer.tsx'
import { toEnvironment } from '../kit/form/state/toEnvironment.ts'
import { codeFieldOf } from '../kit/record/codeFieldOf.ts'
import { sentRows } from '../kit/record/relatedRow.ts'
import { useRelatedSections } from '../kit/record/useRelatedSections.tsx'
import { NotFound } from './NotFound.tsx'

/** A new record by its plain form; kinds that a process makes go to that process's form. */
export function NewRecordPage() {
  const { t } = useTranslation()
  const key = useParams().entity!
  const navigate = useNavigate()
  const { data: entity, error } = useEntity(key)
  const create = useCreateRecord(key)
  const draftKey = `record:${key}:new`
  const draft = useSavedDraft(draftKey)
  const sections = useRelatedSections(entity)
  if (error) return <PageError error={error} />
  if (!entity || draft === undefined || sections === null) return <Skeleton height={400} aria-busy />
  if (entity.startProcess) return <Navigate to={paths.start(entity.startProcess.key)} replace />
  if (!entity.form || !entity.may.create) return <NotFound />
  const title = t('kit.form.create', { what: lowerFirst(entity.title) })
  return (
    <Stack gap="md">
      <PageTitle title={title} />
      <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
        <FormRenderer
          form={entity.form}
          code={codeFieldOf(entity)}
          data={{}}
          environment={toEnvironment(entity.environment)}
          labels={entity.labels}
          draftKey={draftKey}
          draft={draft}
          moreSections={sections}
          actions={[{ key: 'create', label: title, kind: 'primary' }]}
          onCancel={() => void navigate(-1)}
          onSubmit={async (_, { data, related, warned }) => {
            const rows = sentRows(related)
            const record = await create.mutateAsync({
              data,
              ...(rows ? { related: rows } : {}),
              ...(warned ? { warned } : {}),
            })
            void navigate(paths.record(record.entity, record.id), { replace: true })
          }}
        />
      </Paper>
    </Stack>
  )
}
