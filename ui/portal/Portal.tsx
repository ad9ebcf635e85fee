import { useTranslation } from 'react-i18next'
import { Entrance } from '../kit/entrance/Entrance.tsx'
import { EntranceFrame } from '../kit/entrance/EntranceFrame.tsx'
import { PublicLinks } from '../kit/entrance/PublicLinks.tsx'
import { SignInForm } from '../kit/entrance/SignInForm.tsx'
import { PortalShell } from './PortalShell.tsx'

/** The client portal: its shell for who is signed in, else the way in. */
export function Portal() {
  return <Entrance signIn={<SignIn />}>{(session) => <PortalShell session={session} />}</Entrance>
}

function SignIn() {
  const { t } = useTranslation()
  return (
    <EntranceFrame title={t('portal.signIn.title')}>
      <SignInForm title={t('portal.signIn.title')} text={t('portal.signIn.text')} remember />
      <PublicLinks />
    </EntranceFrame>
  )
}
