import { Paper, Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNavigate, useOutletContext, useParams } from 'react-router'
import type { SessionView } from '#engine/contract'
import { useProcess, useStartProcess } from '../client/cases/useProcess.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { FormRenderer } from '../kit/form/FormRenderer.tsx'
import { toEnvironment } from '../kit/form/state/toEnvironment.ts'
import { BackLink } from './BackLink.tsx'
import { homeItem } from './portalLinks.ts'
import classes from './portal.module.css'

/** Begins something new; afterwards the case it made. */
export function StartPage() {
  const key = useParams().process!
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { menus } = useOutletContext<SessionView>()
  const { data: process, error, refetch } = useProcess(key)
  const start = useStartProcess(key)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!process) return <Skeleton height={400} aria-busy />
  return (
    <div className={classes.column}>
      <BackLink to={paths.home} what={homeItem(menus)?.title ?? t('portal.menu')} />
      <PageTitle title={process.form.title ?? process.title} />
      {process.form.help && <Text c="dimmed">{process.form.help}</Text>}
      <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
        <FormRenderer
          form={process.form}
          data={process.data}
          labels={process.labels}
          draft={process.draft}
          draftKey={`process:${key}`}
          environment={toEnvironment(process.environment)}
          actions={[{ key: 'start', label: process.form.submit ?? t('portal.start.submit'), kind: 'primary' }]}
          onCancel={() => void navigate(-1)}
          onSubmit={async (_, { data, warned }) => {
            const { instance } = await start.mutateAsync({ data, ...(warned ? { warned } : {}) })
            void navigate(instance.record ? paths.record(instance.record.entity, instance.record.id) : paths.home, {
              replace: true,
            })
          }}
        />
      </Paper>
    </div>
  )
}
