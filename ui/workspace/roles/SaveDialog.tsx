import { Button, Group, List, Modal, Skeleton, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MatrixChange } from '#engine/contract'
import { useChangeMatrix, usePreviewMatrix } from '../../client/administration/useMatrix.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

/** Says in words what the changes mean, asks why, and saves them; nothing typed is lost when it is refused. */
export function SaveDialog(props: {
  revision: number
  changes: MatrixChange[] | 'reset'
  onSaved: () => void
  onClose: () => void
}) {
  const { revision, changes, onSaved, onClose } = props
  const { t } = useTranslation()
  const preview = usePreviewMatrix(changes === 'reset' ? [] : changes)
  const save = useChangeMatrix()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = reason.trim() === ''
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(changes === 'reset' ? 'staff.roles.reset' : 'staff.roles.review')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!isMissing) save.mutate({ revision, changes, reason: reason.trim() }, { onSuccess: onSaved })
        }}
      >
        <Stack gap="md">
          {changes === 'reset' ? (
            <Text>{t('staff.roles.resetMeans')}</Text>
          ) : preview.error ? (
            <ErrorNote error={preview.error} />
          ) : preview.data ? (
            <List>
              {preview.data.texts.map((text) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
          ) : (
            <Skeleton height={60} aria-busy />
          )}
          <Textarea
            label={t('staff.roles.reason')}
            withAsterisk
            maxLength={500}
            value={reason}
            error={tried && isMissing ? t('staff.roles.reasonMissing') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {save.error && <ErrorNote error={save.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={preview.error !== null}>
              {t('staff.roles.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
