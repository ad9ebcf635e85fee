import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../kit/values/formatValue.ts'

/** By when an answer is expected, and whether that has passed. */
export function DueText({ dueAt }: { dueAt: string | null }) {
  const { t } = useTranslation()
  if (!dueAt) return <>{t('portal.case.noDate')}</>
  const overdue = new Date(dueAt) < new Date()
  return (
    <Text span inherit {...(overdue ? { c: 'var(--mantine-color-error)', fw: 600 } : {})}>
      {t(overdue ? 'portal.todo.overdue' : 'portal.todo.due', { date: formatDate(dueAt) })}
    </Text>
  )
}
