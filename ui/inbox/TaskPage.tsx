import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { TaskPageView } from '#engine/contract'
import { useClaimTask, useTask } from '../client/cases/useTask.ts'
import { Crumbs } from '../kit/app/Crumbs.tsx'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { PageError } from '../kit/feedback/PageError.tsx'
import { WhyButton } from '../kit/feedback/WhyButton.tsx'
import { AnswerForm, useAnswer } from '../kit/task/AnswerForm.tsx'
import { formatDate } from '../kit/values/formatValue.ts'
import { Moment } from '../kit/values/Moment.tsx'
import { ToneBadge } from '../kit/values/StateBadge.tsx'
import { ClosedNote } from './ClosedNote.tsx'
import { DoneNote } from './DoneNote.tsx'
import { PauseButton, PausedNote } from './TaskClock.tsx'
import { TaskContext } from './TaskContext.tsx'
import classes from './inbox.module.css'

/** A task: left its form, right what is needed to decide. */
export function TaskPage() {
  const id = useParams().id!
  const { data: task, error, refetch } = useTask(id)
  if (error) return <PageError error={error} onRetry={() => void refetch()} />
  if (!task)
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={320} />
        <Skeleton height={400} />
      </Stack>
    )
  return <OpenTask key={task.id} task={task} />
}

function OpenTask({ task }: { task: TaskPageView }) {
  const { t } = useTranslation()
  const claim = useClaimTask(task.id)
  const state = useAnswer(task)
  const { done, closed, isOpen: open } = state
  if (done) return <DoneNote task={task} answer={done.answer} outcome={done.outcome} />

  // Taken by me, or by the person I stand in for.
  const isMine = task.assignee !== null && task.mine
  return (
    <Stack gap="md">
      <Crumbs
        items={[
          { title: t('staff.inbox.title'), to: paths.inbox },
          ...(task.record ? [{ title: task.record.label, to: paths.record(task.record.entity, task.record.id) }] : []),
        ]}
      />
      <PageTitle
        title={task.title}
        badge={
          task.dueAt && open ? (
            <ToneBadge
              color={new Date(task.dueAt) < new Date() ? 'red' : 'gray'}
              icon="clock"
              text={t(new Date(task.dueAt) < new Date() ? 'staff.inbox.overdue' : 'staff.inbox.due', {
                date: formatDate(task.dueAt),
              })}
            />
          ) : null
        }
        action={
          open ? (
            <Group gap="xs">
              <WhyButton about={{ task: task.id }} />
              <PauseButton task={task} />
              {(task.assignee === null || isMine) && task.candidates.length > 0 && (
                <Button
                  variant="default"
                  loading={claim.isPending}
                  onClick={() => claim.mutate(task.assignee === null)}
                >
                  {t(task.assignee === null ? 'staff.task.take' : 'staff.task.giveBack')}
                </Button>
              )}
            </Group>
          ) : null
        }
      />
      <Group gap="4px 16px">
        {task.from && (
          <Text size="sm" c="dimmed">
            {t('staff.inbox.from', { who: task.from })}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {t('staff.inbox.since')} <Moment at={task.createdAt} />
        </Text>
        {task.standInFor && (
          <Text size="sm" fw={600}>
            {t('staff.inbox.standIn', { who: task.standInFor })}
          </Text>
        )}
        {task.assignee && !isMine && (
          <Text size="sm" c="dimmed">
            {t('staff.inbox.has', { who: task.assignee.name })}
          </Text>
        )}
      </Group>
      {claim.error && <ErrorNote error={claim.error} />}
      {open && <PausedNote task={task} />}
      {!open && <ClosedNote task={task} said={closed} />}
      <div className={classes.page}>
        <Paper p={{ base: 'md', sm: 'lg' }} pb={open ? 0 : 'lg'}>
          {task.form.help && (
            <Text c="dimmed" mb="md">
              {task.form.help}
            </Text>
          )}
          <AnswerForm task={task} state={state} notYours={t('staff.task.notYours')} />
        </Paper>
        <TaskContext task={task} />
      </div>
    </Stack>
  )
}
