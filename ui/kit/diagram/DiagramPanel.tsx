import { Group, Skeleton, Stack, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useInstance } from '../../client/cases/useInstance.ts'
import { ErrorBoundary } from '../feedback/ErrorBoundary.tsx'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { DiagramOutline } from './DiagramOutline.tsx'
import classes from './diagram.module.css'

// The drawing library is heavy and seldom needed: it loads when somebody looks.
const Diagram = lazy(() => import('./Diagram.tsx'))

/** Where a case stands: the picture with the way travelled, and the same as text beside it. */
export function DiagramPanel({ instance, outlineOnly = false }: { instance: string; outlineOnly?: boolean }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useInstance(instance)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={360} aria-busy />
  if (outlineOnly) return <DiagramOutline page={data} />
  return (
    <Stack gap="sm">
      <Group gap="4px 20px">
        <Text size="sm" className={classes.key} data-kind="done">
          {t('kit.diagram.done')}
        </Text>
        <Text size="sm" className={classes.key} data-kind="open">
          {t('kit.diagram.open')}
        </Text>
        <Text size="sm" className={classes.key} data-kind="pending">
          {t('kit.diagram.pending')}
        </Text>
      </Group>
      <div className={classes.panes}>
        <ErrorBoundary resetKey={data.id}>
          <Suspense fallback={<Skeleton height={420} />}>
            <Diagram page={data} />
          </Suspense>
        </ErrorBoundary>
        <DiagramOutline page={data} />
      </div>
    </Stack>
  )
}
