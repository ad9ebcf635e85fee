import { Center, Group, Loader, Stack, Text } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/useSession.ts'
import { Mark } from '../kit/app/Mark.tsx'
import { SignInForm } from '../kit/app/SignInForm.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
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
  return session ? <PortalShell session={session} /> : <SignIn />
}

function SignIn() {
  const { t } = useTranslation()
  useDocumentTitle(t('portal.signIn.title'))
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack align="center" w="100%" gap="lg">
        <Group gap={10}>
          <Mark size={32} />
          <Text fw={700} fz={22}>
            Cauce
          </Text>
        </Group>
        <SignInForm title={t('portal.signIn.title')} text={t('portal.signIn.text')} />
      </Stack>
    </Center>
  )
}
