import { Button, Stack } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError } from '../../client/http/ApiError.ts'
import type { ExplainQuery } from '../../client/administration/useExplain.ts'
import { PageTitle } from '../app/PageTitle.tsx'
import { paths } from '../app/paths.ts'
import { EmptyNote } from './EmptyNote.tsx'
import { ErrorNote } from './ErrorNote.tsx'
import { WhyButton } from './WhyButton.tsx'

/** A whole page that could not be shown: nothing there (or not for this person), or a failure that can be retried. */
export function PageError({
  error,
  onRetry,
  about,
}: {
  error: unknown
  onRetry?: () => void
  /** What could not be seen: «¿Por qué?» explains it. */
  about?: ExplainQuery
}) {
  const { t } = useTranslation()
  if (error instanceof ApiError && error.code === 'thing.not-found')
    return (
      <EmptyNote
        title={t('kit.page.missing')}
        text={t('kit.page.missingText')}
        icon={<IconMapOff size={24} />}
        order={1}
      >
        <Button component={Link} to={paths.home}>
          {t('kit.page.home')}
        </Button>
        {about && <WhyButton about={about} />}
      </EmptyNote>
    )
  return (
    <Stack gap="md">
      <PageTitle title={t('kit.page.failed')} />
      <ErrorNote error={error} {...(onRetry ? { onRetry } : {})} />
      {about && error instanceof ApiError && error.status === 403 && (
        <div>
          <WhyButton about={about} />
        </div>
      )}
    </Stack>
  )
}
