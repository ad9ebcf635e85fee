import { Box, Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

/** The page's one heading: name, count, and the one primary action at the right. */
export function PageTitle({
  title,
  count,
  action,
  badge,
}: {
  title: string
  count?: string | number | null
  action?: ReactNode
  badge?: ReactNode
}) {
  useDocumentTitle(`${title} · Cauce`)
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Group gap={10} align="center" miw={0}>
        <Title order={1}>{title}</Title>
        {count !== null && count !== undefined && (
          <Text c="dimmed" fz={16} aria-hidden>
            {count}
          </Text>
        )}
        {badge}
      </Group>
      {action && <Box>{action}</Box>}
    </Group>
  )
}
