import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useTasks } from '../client/cases/useTasks.ts'
import { paths } from '../kit/app/paths.ts'
import type { RecordActions } from '../kit/list/RecordTable.tsx'
import { waitingForMe } from './waitingForMe.ts'

/** The column «Acciones disponibles»: for each record, what this person can answer in its present state. */
export function useTaskActions(): RecordActions {
  const { t } = useTranslation()
  const { data } = useTasks(waitingForMe)
  return {
    title: t('portal.todo.column'),
    of: (record) => (
      <Group gap={6} wrap="nowrap">
        {(data?.items ?? [])
          .filter((task) => task.record?.id === record.id)
          .map((task) => (
            <Button
              key={task.id}
              component={Link}
              to={paths.task(task.id)}
              variant="light"
              px="sm"
              aria-label={`${t('portal.todo.open')}: ${task.title}`}
            >
              {t('portal.todo.open')}
            </Button>
          ))}
      </Group>
    ),
  }
}
