import { Button, Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CompleteAnswer, TaskPageView } from '#engine/contract'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import classes from './portal.module.css'

/** After an answer: that it arrived, and what comes next. */
export function DoneNote({ task, answer, outcome }: { task: TaskPageView; answer: CompleteAnswer; outcome: string }) {
  const { t } = useTranslation()
  const mine = answer.next.find((next) => next.mine)
  const waiting = answer.next.find((next) => !next.mine)
  return (
    <div className={classes.column}>
      <Paper p="xl">
        <Stack gap="md" align="center">
          <ThemeIcon size={52} radius={26} variant="light" aria-hidden>
            <IconCheck size={28} />
          </ThemeIcon>
          <PageTitle title={t('portal.done.title')} />
          <Text ta="center" role="status">
            {t('portal.done.text', { task: task.title, outcome })}{' '}
            {waiting &&
              t('portal.done.waiting', {
                what: waiting.title,
                who: waiting.assignee?.name ?? waiting.candidates.join(', '),
              })}
          </Text>
          <Text ta="center" c="dimmed">
            {t('portal.done.mail')}
          </Text>
          <Group justify="center" gap="sm">
            {mine && (
              <Button component={Link} to={paths.task(mine.id)}>
                {t('portal.done.next')}
              </Button>
            )}
            <Button
              variant={mine ? 'default' : 'filled'}
              component={Link}
              to={task.record ? paths.record(task.record.entity, task.record.id) : paths.home}
            >
              {t(task.record ? 'portal.done.see' : 'portal.done.back')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </div>
  )
}
