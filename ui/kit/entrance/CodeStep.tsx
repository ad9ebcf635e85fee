import { Button, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { EntranceCard } from './EntranceCard.tsx'

/** The second question of a sign-in: the code of the app or of the mail, or a recovery code. */
export function CodeStep(props: {
  title: string
  method: 'app' | 'mail'
  error: unknown
  isPending: boolean
  onCode: (code: string) => void
  /** Sends another mail. */
  onAnother: () => void
  onBack: () => void
}) {
  const { title, method, error, isPending, onCode, onAnother, onBack } = props
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.trim()) onCode(code.trim())
  }
  return (
    <EntranceCard title={title} error={error}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t(method === 'app' ? 'kit.signIn.codeApp' : 'kit.signIn.codeMail')}
            description={t('kit.signIn.codeHelp')}
            autoComplete="one-time-code"
            size="md"
            maxLength={12}
            data-autofocus
            autoFocus
            value={code}
            error={tried && !code.trim() ? t('kit.signIn.codeMissing') : undefined}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={isPending}>
            {t('kit.signIn.check')}
          </Button>
          {method === 'mail' && (
            <Button variant="default" onClick={onAnother} disabled={isPending}>
              {t('kit.signIn.otherCode')}
            </Button>
          )}
          <Button variant="subtle" onClick={onBack}>
            {t('kit.signIn.back')}
          </Button>
        </Stack>
      </form>
    </EntranceCard>
  )
}
