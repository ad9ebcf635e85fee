import { Anchor, Button, Checkbox, PasswordInput, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError } from '../../client/http/ApiError.ts'
import { useSignIn } from '../../client/people/useSession.ts'
import { paths } from '../app/paths.ts'
import { CodeStep } from './CodeStep.tsx'
import { EmailInput } from './EmailInput.tsx'
import { EntranceCard } from './EntranceCard.tsx'

export interface SignInFormProps {
  title: string
  text?: string
  /** Offers "Recordar sesión". */
  remember?: boolean
  /** Known already, from setting the password. */
  initial?: { email: string; password: string }
  note?: string
  onDone?: () => void
}

/** Sign-in, for both fronts: e-mail and password, then the code where one is asked for. What was typed stays. */
export function SignInForm({ title, text, remember: mayRemember, initial, note, onDone }: SignInFormProps) {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const [email, setEmail] = useState(initial?.email ?? '')
  const [password, setPassword] = useState(initial?.password ?? '')
  const [remember, setRemember] = useState(false)
  const [tried, setTried] = useState(false)
  const [method, setMethod] = useState<'app' | 'mail' | null>(null)
  const send = (otp?: string) =>
    signIn.mutate(
      { email: email.trim(), password, remember, ...(otp ? { otp } : {}) },
      {
        onSuccess: () => onDone?.(),
        onError: (error) => {
          if (error instanceof ApiError && error.code === 'session.second-factor') {
            const asked = (error.body as { details?: { method?: string } } | null)?.details?.method
            setMethod(asked === 'mail' ? 'mail' : 'app')
          }
        },
      },
    )
  const isAsked = signIn.error instanceof ApiError && signIn.error.code === 'session.second-factor'
  if (method)
    return (
      <CodeStep
        title={title}
        method={method}
        error={isAsked ? null : signIn.error}
        isPending={signIn.isPending}
        onCode={send}
        onAnother={() => send()}
        onBack={() => {
          setMethod(null)
          setPassword('')
          setTried(false)
          signIn.reset()
        }}
      />
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (email.trim() && password) send()
  }
  return (
    <EntranceCard title={title} text={text} note={note} error={signIn.error}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <EmailInput value={email} tried={tried} onChange={setEmail} />
          <PasswordInput
            label={t('kit.signIn.password')}
            autoComplete="current-password"
            size="md"
            value={password}
            error={tried && !password ? t('kit.signIn.passwordMissing') : undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('kit.showPassword'), tabIndex: 0 }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {mayRemember && (
            <Checkbox
              label={t('kit.signIn.remember')}
              checked={remember}
              onChange={(event) => setRemember(event.currentTarget.checked)}
            />
          )}
          <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
            {t('kit.signIn.submit')}
          </Button>
          <Anchor component={Link} to={paths.forgottenPassword} state={{ email: email.trim() }} ta="center" py={8}>
            {t('kit.signIn.forgot')}
          </Anchor>
        </Stack>
      </form>
    </EntranceCard>
  )
}
