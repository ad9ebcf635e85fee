import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { IncidentView } from '#engine/contract'
import { paths } from '../../kit/app/paths.ts'
import { Moment } from '../../kit/values/Moment.tsx'
import { ResolveDialog } from './ResolveDialog.tsx'
import items from '../items.module.css'
import classes from './operations.module.css'

type Action = IncidentView['actions'][number]

/** One problem: what, about which record, since when; the cause for who asks; and what may be done about it. */
export function ProblemItem({ problem }: { problem: IncidentView }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Action | null>(null)
  const { record, instance, resolution, attempts } = problem
  return (
    <li className={items.item}>
      <div className={items.words}>
        <Group gap={8} wrap="nowrap" align="flex-start">
          {problem.status === 'open' ? (
            <IconAlertTriangle aria-hidden size={20} className={classes.open} />
          ) : (
            <IconCircleCheck aria-hidden size={20} className={classes.resolved} />
          )}
          <div className={classes.words}>
            <Text fw={600}>{problem.title}</Text>
            <Text size="sm">
              {record ? (
                <Anchor component={Link} to={paths.record(record.entity, record.id)} underline="always">
                  {record.label || instance?.title || t('staff.operations.record')}
                </Anchor>
              ) : (
                instance?.title
              )}
              {record?.label && instance ? ` · ${instance.title}` : ''}
            </Text>
            <Text size="sm" c="dimmed">
              <Moment at={problem.at} />
              {attempts ? ` · ${t('staff.operations.attempts', { count: attempts })}` : ''}
            </Text>
            {resolution && (
              <Text size="sm" mt={4}>
                {t(`staff.operations.did.${resolution.action}`, { who: resolution.by ?? t('staff.operations.nobody') })}{' '}
                <Moment at={resolution.at} />: {resolution.reason}
              </Text>
            )}
            <details className={classes.details}>
              <summary>{t('staff.operations.details')}</summary>
              <Text size="sm" className={classes.cause}>
                {problem.detail}
              </Text>
            </details>
          </div>
        </Group>
      </div>
      {problem.actions.length > 0 && (
        <Group gap="xs" className={classes.actions}>
          {problem.actions.map((action) => (
            <Button
              key={action}
              size="sm"
              variant={action === 'retry' ? 'filled' : 'default'}
              onClick={() => setAsked(action)}
            >
              {t(`staff.operations.action.${action}`)}
            </Button>
          ))}
        </Group>
      )}
      {asked && <ResolveDialog problem={problem} action={asked} onClose={() => setAsked(null)} />}
    </li>
  )
}
