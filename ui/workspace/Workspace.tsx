import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/useSession.ts'
import { EnrollPage } from '../kit/entrance/EnrollPage.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { PrivacyGate } from '../kit/personal/PrivacyGate.tsx'
import { Shell } from './Shell.tsx'
import { SignInPage } from './SignInPage.tsx'

/** The staff app: its shell for who is signed in, else the way in. The address asked for waits behind the sign-in. */
export function Workspace() {
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
  if (!session) return <SignInPage />
  return (
    <PrivacyGate>
      <Shell session={session} />
    </PrivacyGate>
  )
}
