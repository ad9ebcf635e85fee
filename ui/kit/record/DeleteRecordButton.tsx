import { ActionIcon, Button, Group, Modal, Stack, Text, Textarea, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '#engine/contract'
import { useDeleteRecord } from '../../client/useRecord.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

/** Takes a record away, with its reason. What still uses it is said by the server's refusal. */
export function DeleteRecordButton({ record, onDeleted }: { record: RecordView; onDeleted: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const remove = useDeleteRecord(record.entity, record.id)
  return (
    <>
      <Tooltip label={t('kit.record.delete')}>
        <ActionIcon variant="default" size={36} aria-label={t('kit.record.delete')} onClick={() => setAsking(true)}>
          <IconTrash aria-hidden size={16} />
        </ActionIcon>
      </Tooltip>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={t('kit.record.delete')}
          closeButtonProps={{ 'aria-label': t('kit.close') }}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault()
              remove.mutate(
                { revision: record.revision, ...(reason.trim() ? { reason: reason.trim() } : {}) },
                { onSuccess: onDeleted },
              )
            }}
          >
            <Stack gap="md">
              <Text>{t('kit.record.deleteText', { name: record.label })}</Text>
              <Textarea
                label={t('kit.record.deleteReason')}
                autosize
                minRows={2}
                data-autofocus
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              {remove.error && <ErrorNote error={remove.error} />}
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={() => setAsking(false)}>
                  {t('kit.cancel')}
                </Button>
                <Button type="submit" color="red" loading={remove.isPending}>
                  {t('kit.record.delete')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  )
}
