import { Center, Group, Stack, Text } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { SignInForm } from '../kit/app/SignInForm.tsx'
import { Mark } from '../kit/app/Mark.tsx'

export function SignInPage() {
  const { t } = useTranslation()
  useDocumentTitle(`${t('kit.signIn.submit')} · Cauce`)
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack align="center" w="100%" gap="lg">
        <Group gap={10}>
          <Mark size={32} />
          <Text fw={700} fz={22}>
            Cauce
          </Text>
        </Group>
        <SignInForm title={t('staff.signIn.title')} text={t('staff.signIn.text')} />
      </Stack>
    </Center>
  )
}
