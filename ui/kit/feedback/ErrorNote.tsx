import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../client/http/ApiError.ts'
import { errorText } from './errorText.ts'

/** What failed, what to do, and the number support asks for. */
export function ErrorNote({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const { t, i18n } = useTranslation()
  const requestId = error instanceof ApiError ? error.requestId : null
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title} variant="light">
      <Text size="sm" c="#7d1d1d">
        {errorText(error, t, i18n.language)}
      </Text>
      <Group gap="sm" mt={onRetry || requestId ? 'xs' : 0}>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('kit.retry')}
          </Button>
        )}
        {requestId && (
          <Text size="xs" c="#7d1d1d" ff="monospace">
            {t('kit.requestId', { id: requestId })}
          </Text>
        )}
      </Group>
    </Alert>
  )
}
