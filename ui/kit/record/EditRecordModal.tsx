import { Skeleton } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordPageView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { useRecord, useUpdateRecord } from '../../client/useRecord.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { FormModal } from '../form/FormModal.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/toEnvironment.ts'
import { changesOf } from './findConflicts.ts'

/** Edits a record without leaving the page around it. Somebody else's save in between is told, and nothing is lost. */
export function EditRecordModal({ entity, id, onClose }: { entity: EntityView; id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useRecord(entity.key, id)
  const update = useUpdateRecord(entity.key, id)
  // The revision the person began with: a refresh behind him must not move it.
  const opened = useRef<RecordPageView | null>(null)
  opened.current ??= data ?? null
  const record = opened.current
  const fields = Object.keys(entity.form?.schema.properties ?? {})
  const own = (given: JsonObject) => Object.fromEntries(Object.entries(given).filter(([name]) => fields.includes(name)))
  return (
    <FormModal title={record ? t('kit.record.editTitle', { name: record.label }) : t('kit.edit')} onClose={onClose}>
      {({ close, onTouched }) =>
        error ? (
          <ErrorNote error={error} />
        ) : !record || !entity.form ? (
          <Skeleton height={320} aria-busy />
        ) : (
          <FormRenderer
            form={entity.form}
            data={own(record.data)}
            labels={record.labels}
            environment={toEnvironment(record.environment, record.data)}
            depth={1}
            actions={[{ key: 'save', label: t('kit.save'), kind: 'primary' }]}
            onTouched={onTouched}
            onCancel={close}
            onSubmit={async (_, submission) => {
              await update.mutateAsync({
                data: changesOf(own(record.data), own(submission.data)),
                revision: record.revision,
                ...(submission.warned ? { warned: true } : {}),
              })
              onClose()
            }}
          />
        )
      }
    </FormModal>
  )
}
