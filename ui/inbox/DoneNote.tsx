import { Button, Center, Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CompleteAnswer, TaskPageView } from '#engine/contract'
import { useTasks } from '../client/cases/useTasks.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'

/** After a task: what was done, who is next, and this person's next task at hand. */
export function DoneNote({ task, answer, outcome }: { task: TaskPageView; answer: CompleteAnswer; outcome: string }) {
  const { t } = useTranslation()
  const { data: inbox } = useTasks({ tab: 'mine', size: 5, status: 'open' })
  const following = answer.next.find((next) => next.mine)
  const other = inbox?.items.find((candidate) => candidate.id !== task.id)
  const next = following ?? other
  const waiting = answer.next.filter((one) => !one.mine)
  return (
    <Center py={{ base: 24, sm: 56 }}>
      <Paper p="xl" w="100%" maw={560}>
        <Stack gap="md" align="center">
          <ThemeIcon size={52} radius={26} variant="light" aria-hidden>
            <IconCheck size={28} />
          </ThemeIcon>
          <PageTitle title={t('staff.done.title')} />
          <Text ta="center" c="dimmed" role="status">
            {t('staff.done.text', { task: task.title, outcome })}
            {waiting[0] && (
              <>
                {' '}
                {t('staff.done.waiting', {
                  what: waiting[0].title,
                  who: waiting[0].assignee?.name ?? waiting[0].candidates.join(', '),
                })}
              </>
            )}
          </Text>
          <Group justify="center" gap="sm">
            {task.record && (
              <Button component={Link} to={paths.record(task.record.entity, task.record.id)} variant="default">
                {task.record.label}
              </Button>
            )}
            {next ? (
              <Button component={Link} to={paths.task(next.id)} rightSection={<IconArrowRight aria-hidden size={16} />}>
                {t('staff.done.next')}
              </Button>
            ) : (
              <Button component={Link} to={paths.inbox}>
                {t('staff.done.inbox')}
              </Button>
            )}
          </Group>
          {next && (
            <Text size="sm" c="dimmed" ta="center">
              {[next.title, next.record?.label].filter(Boolean).join(' · ')}
            </Text>
          )}
        </Stack>
      </Paper>
    </Center>
  )
}
