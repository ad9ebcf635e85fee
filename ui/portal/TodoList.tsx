import { Button, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useTasks } from '../client/cases/useTasks.ts'
import { paths } from '../kit/app/paths.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { Moment } from '../kit/values/Moment.tsx'
import { DueText } from './DueText.tsx'
import { waitingForMe } from './waitingForMe.ts'
import classes from './portal.module.css'

/** The tasks that wait for this person, before anything else. */
export function TodoList() {
  const { t } = useTranslation()
  const { data, error, refetch } = useTasks(waitingForMe)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  // While loading nothing is said: neither that something waits nor that nothing does.
  if (!data) return null
  if (data.items.length === 0)
    return (
      <Text c="dimmed" role="status">
        {t('portal.todo.none')}
      </Text>
    )
  return (
    <Stack component="section" gap={10} aria-labelledby="portal-todo">
      <div>
        <Title order={2} id="portal-todo">
          {t('portal.todo.title')}
        </Title>
        <Text c="dimmed" size="sm">
          {t('portal.todo.text', { count: data.total ?? data.items.length })}
        </Text>
      </div>
      <ul className={classes.todo}>
        {data.items.map((task) => (
          <li key={task.id} className={classes.todoItem}>
            <div>
              <Text fw={600}>{task.title}</Text>
              {task.record && (
                <Text size="sm" component={Link} to={paths.record(task.record.entity, task.record.id)} c="inherit">
                  {task.record.label}
                </Text>
              )}
              <Text size="sm" c="dimmed">
                {t('portal.todo.since')} <Moment at={task.createdAt} /> · <DueText dueAt={task.dueAt} />
              </Text>
            </div>
            <Button
              component={Link}
              to={paths.task(task.id)}
              aria-label={[t('portal.todo.open'), task.title, task.record?.label].filter(Boolean).join(': ')}
            >
              {t('portal.todo.open')}
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
