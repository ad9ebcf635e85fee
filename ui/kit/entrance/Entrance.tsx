import { Center, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '#engine/contract'
import { useSession } from '../../client/people/useSession.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { PrivacyGate } from '../personal/PrivacyGate.tsx'
import { EnrollPage } from './EnrollPage.tsx'

/** What is behind the sign-in, for who has passed it: session, second factor where it is demanded, privacy notice. */
export function Entrance({ signIn, children }: { signIn: ReactNode; children: (session: SessionView) => ReactNode }) {
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
  if (!session) return signIn
  return <PrivacyGate>{children(session)}</PrivacyGate>
}
