import { Alert, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TaskPageView } from '#engine/contract'
import { formatDateTime } from '../kit/values/formatValue.ts'

/** Somebody else finished it: who, when, and that what was typed is still here. */
export function ClosedNote({ task, said }: { task: TaskPageView; said: string | null }) {
  const { t } = useTranslation()
  const text =
    said ??
    (task.status === 'cancelled'
      ? t('staff.task.cancelled')
      : t('staff.task.closed', {
          who: task.completedBy ?? t('kit.conflict.somebody'),
          when: task.completedAt ? formatDateTime(task.completedAt) : '',
          outcome: task.outcomes.find((one) => one.key === task.outcome)?.label ?? task.outcome ?? '',
        }))
  return (
    <Alert role="status" color="petrol" icon={<IconInfoCircle aria-hidden />}>
      <Text size="sm">{text}</Text>
      {said && (
        <Text size="sm" mt={4}>
          {t('staff.task.kept')}
        </Text>
      )}
    </Alert>
  )
}
