import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CatalogRowView } from '#engine/contract'
import { useCatalogUsage } from '../../client/administration/useCatalogs.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { UsageNote } from './UsageNote.tsx'

interface DeleteRowDialogProps {
  catalog: string
  row: CatalogRowView
  error: unknown
  busy: boolean
  onDelete: () => void
  onInactive: () => void
  onClose: () => void
}

/** Deletes a row that nothing holds; for one that something holds, offers to withdraw it instead. */
export function DeleteRowDialog({ catalog, row, error, busy, onDelete, onInactive, onClose }: DeleteRowDialogProps) {
  const { t } = useTranslation()
  const { data: usage } = useCatalogUsage(catalog, row.key)
  const isUsed = (usage?.total ?? 0) > 0
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('staff.catalogs.deleteOne', { name: row.title })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Stack gap="md">
        <UsageNote usage={usage} />
        {isUsed && <Text size="sm">{t('staff.catalogs.withdrawInstead')}</Text>}
        {error !== null && <ErrorNote error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          {isUsed
            ? !row.inactive && (
                <Button loading={busy} onClick={onInactive}>
                  {t('staff.catalogs.withdraw')}
                </Button>
              )
            : usage && (
                <Button color="red.9" loading={busy} onClick={onDelete}>
                  {t('staff.catalogs.delete')}
                </Button>
              )}
        </Group>
      </Stack>
    </Modal>
  )
}
