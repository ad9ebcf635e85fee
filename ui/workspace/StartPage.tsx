import { Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { useProcess, useStartProcess } from '../client/cases/useProcess.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import { PageError } from '../kit/feedback/PageError.tsx'
import type { BegunForm } from '../kit/form/references/BegunForm.ts'
import { FormRenderer } from '../kit/form/FormRenderer.tsx'
import { toEnvironment } from '../kit/form/state/toEnvironment.ts'

/** Starts a process with its form; afterwards the record it made, or the first task of this person. */
export function StartPage() {
  const key = useParams().process!
  const { t } = useTranslation()
  const navigate = useNavigate()
  const begun = useLocation().state as BegunForm | null
  const { data: process, error, refetch } = useProcess(key)
  const start = useStartProcess(key)
  if (error) return <PageError error={error} onRetry={() => void refetch()} />
  if (!process) return <Skeleton height={400} aria-busy />
  const known = Object.entries(begun?.data ?? {}).filter(([name]) => process.form.schema.properties?.[name])
  const title = process.form.title ?? process.title
  return (
    <Stack gap="md">
      <PageTitle title={title} />
      {process.form.help && (
        <Text c="dimmed" maw={720}>
          {process.form.help}
        </Text>
      )}
      <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
        <FormRenderer
          form={process.form}
          data={process.data}
          {...(known.length > 0 ? { begun: Object.fromEntries(known) } : {})}
          labels={{ ...process.labels, ...begun?.labels }}
          draft={process.draft}
          draftKey={`process:${key}`}
          environment={toEnvironment(process.environment)}
          actions={[{ key: 'start', label: process.form.submit ?? t('staff.start.submit'), kind: 'primary' }]}
          onCancel={() => void navigate(-1)}
          onSubmit={async (_, { data, warned }) => {
            const { instance, tasks } = await start.mutateAsync({ data, ...(warned ? { warned } : {}) })
            const mine = tasks.find((task) => task.mine)
            if (instance.record)
              void navigate(paths.record(instance.record.entity, instance.record.id), { replace: true })
            else void navigate(mine ? paths.task(mine.id) : paths.inbox, { replace: true })
          }}
        />
      </Paper>
    </Stack>
  )
}
