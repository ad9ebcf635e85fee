import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../client/http/ApiError.ts'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'

/** Asks a view's name, and for whom it is. */
export function ViewNameDialog({
  title,
  name = '',
  mayShare,
  busy,
  error,
  onSave,
  onClose,
}: {
  title: string
  name?: string
  /** Offers to share; a rename does not. */
  mayShare: boolean
  busy: boolean
  error: Error | null
  onSave: (name: string, shared: boolean) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(name)
  const [shared, setShared] = useState(false)
  const atName = error instanceof ApiError ? error.issues.find((issue) => issue.path === 'name') : undefined
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSave(typed.trim(), shared)
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('kit.list.views.name')}
            placeholder={t('kit.list.views.nameExample')}
            maxLength={60}
            withAsterisk
            data-autofocus
            value={typed}
            error={atName?.message}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {mayShare && (
            <Checkbox
              label={t('kit.list.views.share')}
              description={t('kit.list.views.shareText')}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          {error && !atName && <ErrorNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('kit.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
