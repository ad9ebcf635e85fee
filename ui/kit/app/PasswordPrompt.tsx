import { Alert, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setPasswordPrompt } from '../../client/http/passwordPrompt.ts'
import { request } from '../../client/http/request.ts'
import { errorText } from '../feedback/errorText.ts'
import { isWrongPassword } from '../feedback/isWrongPassword.ts'

/** The dialog that any request may bring up: it asks for the password, and the request goes on. Nothing typed is lost. */
export function PasswordPrompt() {
  const { t, i18n } = useTranslation()
  const [answer, setAnswer] = useState<((given: boolean) => void) | null>(null)
  const [password, setPassword] = useState('')
  const confirm = useMutation({ mutationFn: () => request('confirmPassword', { body: { password } }) })
  useEffect(() => {
    setPasswordPrompt(
      () =>
        new Promise((resolve) => {
          setAnswer(() => resolve)
        }),
    )
    return () => setPasswordPrompt(null)
  }, [])
  const close = (given: boolean) => {
    answer?.(given)
    setAnswer(null)
    setPassword('')
    confirm.reset()
  }
  return (
    <Modal
      opened={answer !== null}
      onClose={() => close(false)}
      title={t('kit.confirmPassword.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
      zIndex={400}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // React lets a submit bubble through the portal into a form around.
          event.stopPropagation()
          if (password) confirm.mutate(undefined, { onSuccess: () => close(true) })
        }}
      >
        <Stack gap="md">
          <Text>{t('kit.confirmPassword.text')}</Text>
          {confirm.error && (
            <Alert role="alert" color="red">
              <Text size="sm" c="#7d1d1d">
                {isWrongPassword(confirm.error)
                  ? t('kit.confirmPassword.wrong')
                  : errorText(confirm.error, t, i18n.language)}
              </Text>
            </Alert>
          )}
          <PasswordInput
            label={t('kit.form.passwordAgain')}
            autoComplete="current-password"
            data-autofocus
            value={password}
            visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword'), tabIndex: 0 }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => close(false)}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              {t('kit.confirmPassword.go')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
