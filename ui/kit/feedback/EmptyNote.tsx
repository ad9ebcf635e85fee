import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Why there is nothing here, and the one thing to do about it. */
export function EmptyNote(props: {
  title: string
  text?: string
  icon?: ReactNode
  children?: ReactNode
  /** Level of the heading: 1 when the note is the page. */
  order?: 1 | 2
}) {
  const { title, text, icon, children, order = 2 } = props
  return (
    <Center py={40} px="md">
      <Stack align="center" gap={8} maw={420}>
        <ThemeIcon variant="light" size={44} radius={22} aria-hidden>
          {icon ?? <IconInbox size={24} />}
        </ThemeIcon>
        <Title order={order} size="h3" ta="center">
          {title}
        </Title>
        {text && (
          <Text c="dimmed" ta="center">
            {text}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  )
}
