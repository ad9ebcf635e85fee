import { Center, Group, Stack, Text } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Mark } from '../app/Mark.tsx'

/** What stands around every page of somebody who is not signed in yet: the mark, and one card in the middle. */
export function EntranceFrame({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Cauce`)
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack align="center" w="100%" gap="lg">
        <Group gap={10}>
          <Mark size={32} />
          <Text fw={700} fz={22}>
            Cauce
          </Text>
        </Group>
        {children}
      </Stack>
    </Center>
  )
}
