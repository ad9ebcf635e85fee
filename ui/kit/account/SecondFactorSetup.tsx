import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useBeginSecondFactor, useConfirmSecondFactor } from '../../client/people/useAccount.ts'
import { errorText } from '../feedback/errorText.ts'
import classes from './account.module.css'
import { QrCode } from './QrCode.tsx'

/** Sets up a second factor: which one, then the first code. The recovery codes are handed on, to be shown once. */
export function SecondFactorSetup({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t, i18n } = useTranslation()
  const begin = useBeginSecondFactor()
  const confirm = useConfirmSecondFactor()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const error = confirm.error ?? begin.error
  const note = error && (
    <Alert role="alert" color="red">
      <Text size="sm" c="#7d1d1d">
        {errorText(error, t, i18n.language)}
      </Text>
    </Alert>
  )
  const setup = begin.data
  if (!setup)
    return (
      <Stack gap="md">
        {note}
        {(['app', 'mail'] as const).map((method) => (
          <div key={method}>
            <Button
              variant={method === 'app' ? 'filled' : 'default'}
              loading={begin.isPending && begin.variables === method}
              onClick={() => begin.mutate(method)}
            >
              {t(method === 'app' ? 'kit.factor.useApp' : 'kit.factor.useMail')}
            </Button>
            <Text size="sm" c="dimmed" mt={4}>
              {t(method === 'app' ? 'kit.factor.appText' : 'kit.factor.mailText')}
            </Text>
          </div>
        ))}
      </Stack>
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.trim()) confirm.mutate(code.trim(), { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {setup.uri && setup.secret && (
          <>
            <Text fw={600}>{t('kit.factor.scan')}</Text>
            <QrCode text={setup.uri} title={t('kit.factor.scanAlt')} />
            <Text size="sm">
              {t('kit.factor.cannotScan')} <span className={classes.secret}>{setup.secret}</span>
            </Text>
          </>
        )}
        <Text fw={600}>{t(setup.method === 'app' ? 'kit.factor.type' : 'kit.factor.typeMail')}</Text>
        {note}
        <TextInput
          label={t('kit.factor.code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={12}
          maw={220}
          value={code}
          error={tried && !code.trim() ? t('kit.factor.codeMissing') : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" loading={confirm.isPending}>
            {t('kit.factor.activate')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              begin.reset()
              confirm.reset()
              setTried(false)
            }}
          >
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
