import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordView } from '#engine/contract'
import { DeleteRecordButton } from './DeleteRecordButton.tsx'

/** What this person may do with a related record, in its row. */
export function RelatedButtons({
  entity,
  record,
  onEdit,
}: {
  entity: EntityView
  record: RecordView
  onEdit: () => void
}) {
  const { t } = useTranslation()
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {record.permissions.edit && entity.form && (
        <Tooltip label={t('kit.edit')}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('kit.record.editTitle', { name: record.label })}
            onClick={onEdit}
          >
            <IconPencil aria-hidden size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {record.permissions.delete && entity.may.delete && (
        <DeleteRecordButton record={record} onDeleted={() => undefined} />
      )}
    </Group>
  )
}
