import { ActionIcon, Button, Group, Modal, Stack, Text, Textarea, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '#engine/contract'
import { ApiError } from '../../client/http/ApiError.ts'
import { useDeleteRecord } from '../../client/records/useRecord.ts'
import { useRecordLife } from '../../client/records/useRecordLife.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { DependentsNote, dependentsIn } from './DependentsNote.tsx'

/** Takes a record away, with its reason. What still uses it is listed, and making it inactive offered instead. */
export function DeleteRecordButton({ record, onDeleted }: { record: RecordView; onDeleted: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const remove = useDeleteRecord(record.entity, record.id)
  const { inactivate } = useRecordLife(record.entity, record.id)
  const blocked = remove.error instanceof ApiError ? dependentsIn(remove.error.body?.details) : null
  const close = () => {
    setAsking(false)
    remove.reset()
  }
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
          onClose={close}
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
              <Text>{t(blocked ? 'kit.record.blockedText' : 'kit.record.deleteText', { name: record.label })}</Text>
              <Textarea
                label={t(blocked ? 'kit.record.inactivateReason' : 'kit.record.deleteReason')}
                withAsterisk={blocked !== null}
                autosize
                minRows={2}
                data-autofocus
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              {blocked ? (
                <DependentsNote dependents={blocked.dependents} />
              ) : (
                remove.error && <ErrorNote error={remove.error} />
              )}
              {inactivate.error && <ErrorNote error={inactivate.error} />}
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={close}>
                  {t('kit.cancel')}
                </Button>
                {blocked?.mayInactivate && !record.inactiveAt ? (
                  <Button
                    loading={inactivate.isPending}
                    disabled={reason.trim() === ''}
                    onClick={() =>
                      inactivate.mutate({ revision: record.revision, reason: reason.trim() }, { onSuccess: close })
                    }
                  >
                    {t('kit.record.inactivateInstead')}
                  </Button>
                ) : (
                  <Button type="submit" color="red" loading={remove.isPending} disabled={blocked !== null}>
                    {t('kit.record.delete')}
                  </Button>
                )}
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  )
}
