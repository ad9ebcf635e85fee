import { Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import { useResetSecondFactor } from '../../client/people/useAccountCard.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

/** That a person gives a second factor, and the way to take it from who lost it. */
export function SecondFactorNote({ entity, id, mayReset }: { entity: string; id: string; mayReset: boolean }) {
  const { t } = useTranslation()
  const reset = useResetSecondFactor(entity, id)
  const ask = () =>
    modals.openConfirmModal({
      title: t('staff.person.resetFactor'),
      children: <Text>{t('staff.person.resetFactorText')}</Text>,
      onConfirm: () => reset.mutate(),
    })
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">{t('staff.person.secondFactor')}</Text>
      {mayReset && (
        <Button variant="default" loading={reset.isPending} onClick={ask}>
          {t('staff.person.resetFactor')}
        </Button>
      )}
      {reset.error && <ErrorNote error={reset.error} />}
    </Group>
  )
}
