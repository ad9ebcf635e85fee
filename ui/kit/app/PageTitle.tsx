import { Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './app.module.css'

/** The page's one heading: name, count, and the one primary action at the right. */
export function PageTitle(props: {
  title: string
  count?: string | number | null
  action?: ReactNode
  badge?: ReactNode
}) {
  const { title, count, action, badge } = props
  useDocumentTitle(`${title} · Cauce`)
  return (
    <div className={classes.titleRow}>
      <Group gap={10} miw={0}>
        <Title order={1}>{title}</Title>
        {count !== null && count !== undefined && (
          <Text c="dimmed" fz={16} aria-hidden>
            {count}
          </Text>
        )}
        {badge}
      </Group>
      {action}
    </div>
  )
}
