import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

/** Asks why before something is done; or, where no reason is wanted, whether. */
export function ReasonModal(props: {
  title: string
  text: string | null
  /** What asks for the reason; null: none is wanted. */
  label?: string | null
  danger?: boolean
  busy: boolean
  error: Error | null
  onClose: () => void
  onConfirm: (reason: string) => void
}) {
  const { title, text, danger, busy, error, onClose, onConfirm } = props
  const { t } = useTranslation()
  const { label = t('kit.record.reason') } = props
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = label !== null && reason.trim() === ''
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!isMissing) onConfirm(reason.trim())
        }}
      >
        <Stack gap="md">
          {text && <Text>{text}</Text>}
          {label !== null && (
            <Textarea
              label={label}
              withAsterisk
              required={false}
              error={tried && isMissing ? t('kit.form.reasonMissing') : undefined}
              autosize
              minRows={2}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {error && <ErrorNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} loading={busy}>
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
