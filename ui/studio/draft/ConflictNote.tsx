import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Somebody else saved the draft first: what to do with what is only here. */
export function ConflictNote({
  message,
  onKeepMine,
  onTakeTheirs,
}: {
  message: string
  onKeepMine: () => void
  onTakeTheirs: () => void
}) {
  const { t } = useTranslation()
  return (
    <Alert role="alert" color="yellow" title={t('studio.conflict.title')} radius={0}>
      <Text size="sm">
        {message} {t('studio.conflict.text')}
      </Text>
      <Group mt={8} gap={8}>
        <Button size="xs" onClick={onKeepMine}>
          {t('studio.conflict.mine')}
        </Button>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {t('studio.conflict.theirs')}
        </Button>
      </Group>
    </Alert>
  )
}
