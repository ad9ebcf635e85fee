import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/useSession.ts'
import { EnrollPage } from '../kit/entrance/EnrollPage.tsx'
import { EntranceFrame } from '../kit/entrance/EntranceFrame.tsx'
import { PublicLinks } from '../kit/entrance/PublicLinks.tsx'
import { SignInForm } from '../kit/entrance/SignInForm.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { PrivacyGate } from '../kit/personal/PrivacyGate.tsx'
import { PortalShell } from './PortalShell.tsx'

/** The client portal: its shell for who is signed in, else the way in. */
export function Portal() {
  const { t } = useTranslation()
  const { data: session, error, refetch } = useSession()
  if (error && !session)
    return (
      <Center mih="100vh" p="md">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </Center>
    )
  if (session === undefined)
    return (
      <Center mih="100vh" aria-busy>
        <Loader aria-label={t('kit.loading')} />
      </Center>
    )
  if (session?.enrolling) return <EnrollPage />
  if (!session) return <SignIn />
  return (
    <PrivacyGate>
      <PortalShell session={session} />
    </PrivacyGate>
  )
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
