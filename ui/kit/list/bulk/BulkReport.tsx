import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { errorText } from '../../feedback/errorText.ts'
import type { BulkAction } from './bulkActions.ts'
import type { BulkState } from './useBulk.ts'

/** What came of it, record by record where something was refused. */
export function BulkReport({ action, state, onClose }: { action: BulkAction; state: BulkState; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const untried = state.total - state.done - state.failed.length
  return (
    <Stack gap="md" role="status">
      <Text>{t(`kit.list.bulk.${action.key}.done`, { count: state.done })}</Text>
      {state.failed.length > 0 && (
        <>
          <Text>{t('kit.list.bulk.failed', { count: state.failed.length })}</Text>
          <List size="sm">
            {state.failed.map(({ record, error }) => (
              <List.Item key={record.id}>
                <Anchor component={Link} underline="always" to={paths.record(record.entity, record.id)}>
                  {record.label}
                </Anchor>
                {': '}
                {errorText(error, t, i18n.language)}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {untried > 0 && <Text>{t('kit.list.bulk.untried', { count: untried })}</Text>}
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          {t('kit.close')}
        </Button>
      </Group>
    </Stack>
  )
}
