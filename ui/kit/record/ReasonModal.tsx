import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

/** Asks why before something is done. */
export function ReasonModal(props: {
  title: string
  text: string
  busy: boolean
  error: Error | null
  onClose: () => void
  onConfirm: (reason: string) => void
}) {
  const { title, text, busy, error, onClose, onConfirm } = props
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(reason.trim() === '')
          if (reason.trim() !== '') onConfirm(reason.trim())
        }}
      >
        <Stack gap="md">
          <Text>{text}</Text>
          <Textarea
            label={t('kit.record.reason')}
            withAsterisk
            required={false}
            error={missing && reason.trim() === '' ? t('kit.form.reasonMissing') : undefined}
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error && <ErrorNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
