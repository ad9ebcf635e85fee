import { Alert, Button, Group, Menu, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPageView } from '#engine/contract'
import { useTaskClock } from '../client/cases/useTask.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { formatDate } from '../kit/values/formatValue.ts'
import { Moment } from '../kit/values/Moment.tsx'

/** «Poner en espera»: the reasons for which the clock of this task may stand still. */
export function PauseButton({ task }: { task: TaskPageView }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<TaskPageView['pauses'][number] | null>(null)
  if (task.pauses.length === 0) return null
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlayerPause aria-hidden size={18} />}>
            {t('staff.task.pause')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {task.pauses.map((one) => (
            <Menu.Item key={one.key} onClick={() => setReason(one)}>
              {one.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {reason && <PauseDialog task={task} reason={reason} onClose={() => setReason(null)} />}
    </>
  )
}

function PauseDialog(props: { task: TaskPageView; reason: { key: string; label: string }; onClose: () => void }) {
  const { task, reason, onClose } = props
  const { t } = useTranslation()
  const { pause } = useTaskClock(task.id)
  const [comment, setComment] = useState('')
  return (
    <Modal opened onClose={onClose} title={reason.label} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const text = comment.trim()
          pause.mutate({ key: reason.key, ...(text ? { comment: text } : {}) }, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <Text>{t('staff.task.pauseHelp')}</Text>
          <Textarea
            label={t('staff.task.pauseComment')}
            data-autofocus
            autosize
            minRows={2}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          {pause.error && <ErrorNote error={pause.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={pause.isPending}>
              {t('staff.task.pause')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Why the clock of a task stands still, since when, and the way to let it run again. */
export function PausedNote({ task }: { task: TaskPageView }) {
  const { t } = useTranslation()
  const { resume } = useTaskClock(task.id)
  const { pause } = task
  if (!pause) return null
  return (
    <Alert role="status" color="petrol" icon={<IconPlayerPause aria-hidden />} title={pause.label}>
      <Group justify="space-between" gap="md" align="flex-end">
        <div>
          {pause.comment && <Text size="sm">{pause.comment}</Text>}
          <Text size="sm">
            {t('staff.task.pausedBy', { who: pause.by })} <Moment at={pause.at} />
          </Text>
          {pause.dueAt && (
            <Text size="sm" c="dimmed">
              {t('staff.task.pausedDue', { date: formatDate(pause.dueAt) })}
            </Text>
          )}
        </div>
        {task.mine && (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay aria-hidden size={18} />}
            loading={resume.isPending}
            onClick={() => resume.mutate()}
          >
            {t('staff.task.resume')}
          </Button>
        )}
      </Group>
      {resume.error && <ErrorNote error={resume.error} />}
    </Alert>
  )
}
