import { Alert, Button, Checkbox, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSignIn } from '../../client/useSession.ts'
import { errorText } from '../feedback/errorText.ts'

/** Sign-in, for both fronts. The error says nothing about which of the two was wrong. */
export function SignInForm({ title, text }: { title: string; text?: string }) {
  const { t, i18n } = useTranslation()
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (email.trim() && password) signIn.mutate({ email: email.trim(), password, remember })
  }
  return (
    <Paper p={{ base: 'lg', xs: 32 }} w="100%" maw={400}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div>
            <Title order={1}>{title}</Title>
            {text && <Text c="dimmed">{text}</Text>}
          </div>
          {signIn.error && (
            <Alert role="alert" color="red">
              <Text size="sm" c="#7d1d1d">
                {errorText(signIn.error, t, i18n.language)}
              </Text>
            </Alert>
          )}
          <TextInput
            label={t('kit.signIn.email')}
            type="email"
            autoComplete="username"
            size="md"
            value={email}
            error={tried && !email.trim() ? t('kit.signIn.emailMissing') : undefined}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('kit.signIn.password')}
            autoComplete="current-password"
            size="md"
            value={password}
            error={tried && !password ? t('kit.signIn.passwordMissing') : undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword'), tabIndex: 0 }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Checkbox
            label={t('kit.signIn.remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
            {t('kit.signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Paper>
  )
}
