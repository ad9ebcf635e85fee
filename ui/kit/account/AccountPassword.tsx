import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../client/http/ApiError.ts'
import { useChangePassword } from '../../client/people/useAccount.ts'
import { errorText } from '../feedback/errorText.ts'
import { isWrongPassword } from '../feedback/isWrongPassword.ts'

/** Changes the own password, with the present one. */
export function AccountPassword() {
  const { t, i18n } = useTranslation()
  const change = useChangePassword()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const issues = change.error instanceof ApiError ? change.error.issues : []
  const wrong = issues.map(({ message }) => message).join(' ')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!current || !password) return
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent('')
          setPassword('')
          setTried(false)
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={420}>
        {change.isSuccess && (
          <Alert role="status" color="green">
            <Text size="sm" c="#14532d">
              {t('kit.account.changed')}
            </Text>
          </Alert>
        )}
        {change.error && issues.length === 0 && (
          <Alert role="alert" color="red">
            <Text size="sm" c="#7d1d1d">
              {isWrongPassword(change.error)
                ? t('kit.confirmPassword.wrong')
                : errorText(change.error, t, i18n.language)}
            </Text>
          </Alert>
        )}
        <PasswordInput
          label={t('kit.account.current')}
          autoComplete="current-password"
          value={current}
          error={tried && !current ? t('kit.account.currentMissing') : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword'), tabIndex: 0 }}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('kit.entrance.password')}
          description={t('kit.entrance.rule')}
          autoComplete="new-password"
          value={password}
          error={tried && !password ? t('kit.entrance.passwordMissing') : wrong || undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword'), tabIndex: 0 }}
          onChange={(event) => {
            setPassword(event.currentTarget.value)
            if (change.error) change.reset()
          }}
        />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('kit.account.change')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
