import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { FormModal } from '../form/windows/FormModal.tsx'
import { SavedRecordForm } from './SavedRecordForm.tsx'
import { useOpenedRecord } from './useOpenedRecord.ts'

/** Edits a record without leaving the page around it. */
export function EditRecordModal({ entity, id, onClose }: { entity: EntityView; id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { record, error } = useOpenedRecord(entity.key, id)
  return (
    <FormModal title={record ? t('kit.record.editTitle', { name: record.label }) : t('kit.edit')} onClose={onClose}>
      {({ close, onTouched }) =>
        error ? (
          <ErrorNote error={error} />
        ) : !record || !entity.form ? (
          <Skeleton height={320} aria-busy />
        ) : (
          <SavedRecordForm
            entity={entity}
            record={record}
            depth={1}
            onTouched={onTouched}
            onSaved={onClose}
            onCancel={close}
          />
        )
      }
    </FormModal>
  )
}
