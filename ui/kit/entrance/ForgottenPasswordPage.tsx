import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { EntranceFrame } from './EntranceFrame.tsx'
import { LinkRequest } from './LinkRequest.tsx'

/** "¿Olvidó su contraseña?": asks for the e-mail and says the same whatever it is. */
export function ForgottenPasswordPage() {
  const { t } = useTranslation()
  const { email = '' } = (useLocation().state as { email?: string } | null) ?? {}
  const title = t('kit.entrance.forgotTitle')
  return (
    <EntranceFrame title={title}>
      <LinkRequest title={title} text={t('kit.entrance.forgotText')} submit={t('kit.entrance.send')} email={email} />
    </EntranceFrame>
  )
}
