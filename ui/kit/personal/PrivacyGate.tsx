import { Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAcceptPrivacyNotice, usePrivacyNotice } from '../../client/people/usePersonal.ts'
import { useSignOut } from '../../client/people/useSession.ts'
import { EntranceFrame } from '../entrance/EntranceFrame.tsx'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

/** Between sign-in and work: the privacy notice, once per person and version. Behind it nothing is shown. */
export function PrivacyGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { data: notice, error, refetch } = usePrivacyNotice()
  const accept = useAcceptPrivacyNotice()
  const signOut = useSignOut()
  if (error && notice === undefined)
    return (
      <Center mih="100vh" p="md">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </Center>
    )
  if (notice === undefined)
    return (
      <Center mih="100vh" aria-busy>
        <Loader aria-label={t('kit.loading')} />
      </Center>
    )
  if (notice === null || notice.acceptedAt !== null) return children
  return (
    <EntranceFrame title={notice.title}>
      <Paper p={{ base: 'lg', xs: 32 }} w="100%" maw={680}>
        <Stack gap="md">
          <div>
            <Title order={1}>{notice.title}</Title>
            <Text c="dimmed">{t('kit.privacy.intro')}</Text>
          </div>
          {notice.sections.map((section) => (
            <section key={section.title}>
              <Title order={2} size="h4">
                {section.title}
              </Title>
              <Text>{section.text}</Text>
            </section>
          ))}
          <Text size="sm" c="dimmed">
            {t('kit.privacy.version', { version: notice.version })}
          </Text>
          {accept.error && <ErrorNote error={accept.error} />}
          <Group gap="sm">
            <Button loading={accept.isPending} onClick={() => accept.mutate(notice.version)}>
              {t('kit.privacy.accept')}
            </Button>
            <Button variant="subtle" onClick={() => signOut.mutate()}>
              {t('kit.entrance.signOut')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </EntranceFrame>
  )
}
