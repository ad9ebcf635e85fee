import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordTokenView } from '#engine/contract'
import { ApiError } from '../../client/http/ApiError.ts'
import { useSetPassword } from '../../client/people/usePasswordToken.ts'
import { EntranceCard } from './EntranceCard.tsx'

/** The new password, with its rule and the time the link has left. */
export function NewPasswordForm(props: {
  title: string
  token: string
  link: PasswordTokenView
  onOver: () => void
  onSaved: (credentials: { email: string; password: string }) => void
}) {
  const { title, token, link, onOver, onSaved } = props
  const { t } = useTranslation()
  const save = useSetPassword()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const left = useSecondsLeft(link.secondsLeft, onOver)
  const issues = save.error instanceof ApiError ? save.error.issues : []
  const isOver = save.error instanceof ApiError && save.error.code === 'token.expired'
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (password) save.mutate({ token, password }, { onSuccess: ({ email }) => onSaved({ email, password }) })
  }
  const wrong = issues.map(({ message }) => message).join(' ')
  return (
    <EntranceCard
      title={title}
      text={t('kit.entrance.for', { email: link.email })}
      error={issues.length > 0 ? null : save.error}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {/* For password managers: whose password this is. */}
          <input type="email" autoComplete="username" value={link.email} readOnly hidden />
          <PasswordInput
            label={t('kit.entrance.password')}
            description={t('kit.entrance.rule')}
            autoComplete="new-password"
            size="md"
            value={password}
            error={tried && !password ? t('kit.entrance.passwordMissing') : wrong || undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword'), tabIndex: 0 }}
            onChange={(event) => {
              setPassword(event.currentTarget.value)
              if (save.error) save.reset()
            }}
          />
          <Text size="sm" c="dimmed" role="timer">
            {t('kit.entrance.left', { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` })}
          </Text>
          <Button type="submit" size="md" fullWidth loading={save.isPending}>
            {t('kit.entrance.save')}
          </Button>
        </Stack>
      </form>
    </EntranceCard>
  )
}

/** Counts down by the clock of this page; the server's word counts when the button is pressed. */
function useSecondsLeft(seconds: number, onOver: () => void): number {
  const [end] = useState(() => Date.now() + seconds * 1000)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / 1000))
      setLeft(now)
      if (now === 0) onOver()
    }, 1000)
    return () => clearInterval(timer)
  }, [end, onOver])
  return left
}
