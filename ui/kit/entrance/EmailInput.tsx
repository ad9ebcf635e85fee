import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The address somebody signs in with; `tried`: it may no longer be empty. */
export function EmailInput(props: { value: string; tried: boolean; onChange: (value: string) => void }) {
  const { value, tried, onChange } = props
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('kit.signIn.email')}
      type="email"
      autoComplete="username"
      size="md"
      value={value}
      error={tried && !value.trim() ? t('kit.signIn.emailMissing') : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
