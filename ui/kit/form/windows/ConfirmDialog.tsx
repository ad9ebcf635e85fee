import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormAction } from '../FormRenderer.tsx'

/** Names the consequence of an action before it happens; asks the password again where the action binds. */
export function ConfirmDialog({
  action,
  onConfirm,
  onClose,
}: {
  action: FormAction
  onConfirm: (password: string | null) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  return (
    <Modal opened onClose={onClose} title={action.label} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // React lets a submit bubble through the portal into a form around.
          event.stopPropagation()
          if (action.reauthenticate && !password) setMissing(true)
          else onConfirm(action.reauthenticate ? password : null)
        }}
      >
        <Stack gap="md">
          <Text>{action.confirm ?? t('kit.form.confirmIdentity')}</Text>
          {action.reauthenticate && (
            <PasswordInput
              label={t('kit.form.passwordAgain')}
              autoComplete="current-password"
              withAsterisk
              data-autofocus
              value={password}
              error={missing && !password ? t('kit.form.passwordMissing') : undefined}
              visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword') }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button
              type="submit"
              color={action.kind === 'danger' ? 'red' : undefined}
              {...(action.reauthenticate ? {} : { 'data-autofocus': true })}
            >
              {action.label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
