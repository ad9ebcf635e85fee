import { useTranslation } from 'react-i18next'
import { EntranceFrame } from '../kit/entrance/EntranceFrame.tsx'
import { SignInForm } from '../kit/entrance/SignInForm.tsx'

export function SignInPage() {
  const { t } = useTranslation()
  return (
    <EntranceFrame title={t('kit.signIn.submit')}>
      <SignInForm title={t('staff.signIn.title')} text={t('staff.signIn.text')} />
    </EntranceFrame>
  )
}
