import { Anchor, List, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MigratedCase, MigrationView } from '#engine/contract'
import { paths } from '../../kit/app/paths.ts'

/** More than this is counted, not listed. */
const LISTED = 20

/** What would become (or became) of each case: those that stay first, with the reason. */
export function CaseResults({ result }: { result: MigrationView }) {
  const { t } = useTranslation()
  const { moved, blocked } = result
  const rest = Math.max(0, blocked.length - LISTED) + Math.max(0, moved.length - LISTED)
  return (
    <div role="status">
      <Text fw={600} mb={4}>
        {blocked.length > 0
          ? t('studio.migrate.blocked', { count: blocked.length })
          : t('studio.migrate.ready', { count: moved.length })}
      </Text>
      <List size="sm" spacing={4}>
        {blocked.slice(0, LISTED).map((entry) => (
          <List.Item key={entry.instance} icon={<IconCircleX aria-hidden size={18} color="#96191a" />}>
            <CaseName entry={entry} />: {entry.message}
          </List.Item>
        ))}
        {moved.slice(0, LISTED).map((entry) => (
          <List.Item key={entry.instance} icon={<IconCircleCheck aria-hidden size={18} color="#1c6b34" />}>
            <CaseName entry={entry} />
          </List.Item>
        ))}
      </List>
      {rest > 0 && <Text size="sm">{t('studio.migrate.more', { count: rest })}</Text>}
    </div>
  )
}

function CaseName({ entry }: { entry: MigratedCase }) {
  const { record, label, process } = entry
  if (!record) return <>{process}</>
  return (
    <Anchor component={Link} to={paths.record(record.entity, record.id)} target="_blank" underline="always">
      {label || process}
    </Anchor>
  )
}
