import { Alert, Paper, Skeleton, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOutletContext, useParams } from 'react-router'
import type { CompleteAnswer, SessionView, TaskPageView } from '#engine/contract'
import { ApiError } from '../client/ApiError.ts'
import { useEntity } from '../client/useEntities.ts'
import { useCompleteTask, useTask } from '../client/useTask.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { FormRenderer } from '../kit/form/FormRenderer.tsx'
import { toEnvironment } from '../kit/form/toEnvironment.ts'
import { formatDateTime } from '../kit/values/formatValue.ts'
import { BackLink } from './BackLink.tsx'
import { DoneNote } from './DoneNote.tsx'
import { DueText } from './DueText.tsx'
import { RelatedSection } from './RelatedSection.tsx'
import { homeItem } from './portalLinks.ts'
import classes from './portal.module.css'

/** Something to answer: the documents it is about, then the form and its buttons. */
export function TaskPage() {
  const id = useParams().id!
  const { data: task, error, refetch } = useTask(id)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!task) return <Skeleton height={400} aria-busy />
  return <Answering key={task.id} task={task} />
}

function Answering({ task }: { task: TaskPageView }) {
  const { t } = useTranslation()
  const { menus } = useOutletContext<SessionView>()
  const complete = useCompleteTask(task.id)
  const [done, setDone] = useState<{ answer: CompleteAnswer; outcome: string } | null>(null)
  const [closed, setClosed] = useState<string | null>(null)
  if (done) return <DoneNote task={task} answer={done.answer} outcome={done.outcome} />

  const open = task.status === 'open' && closed === null
  return (
    <div className={classes.column}>
      <BackLink
        to={task.record ? paths.record(task.record.entity, task.record.id) : paths.home}
        what={task.record?.label ?? homeItem(menus)?.title ?? t('portal.menu')}
      />
      <PageTitle title={task.title} />
      {open && (
        <Text c="dimmed">
          <DueText dueAt={task.dueAt} />
        </Text>
      )}
      {!open && (
        <Alert role="status" icon={<IconInfoCircle aria-hidden />}>
          <Text>{closed ?? closedText(task, t)}</Text>
          {closed !== null && <Text>{t('portal.task.kept')}</Text>}
        </Alert>
      )}
      {task.form.help && <Text>{task.form.help}</Text>}
      <Context task={task} />
      <Paper p={{ base: 'md', sm: 'lg' }} pb={open && task.mine ? 0 : 'lg'}>
        <FormRenderer
          form={task.form}
          data={task.data}
          labels={task.labels}
          draft={task.draft}
          draftKey={`task:${task.id}`}
          environment={toEnvironment(task.environment)}
          readOnly={!open || !task.mine}
          actions={open && task.mine ? task.outcomes : []}
          onSubmit={async (action, { data, reason, password, warned }) => {
            const answer = await complete.mutateAsync({
              outcome: action.key,
              data,
              ...(reason ? { reason } : {}),
              ...(password ? { password } : {}),
              ...(warned ? { warned } : {}),
            })
            window.scrollTo(0, 0)
            setDone({ answer, outcome: action.label })
          }}
          onRefused={(error) => {
            if (!(error instanceof ApiError && error.code === 'task.closed')) return false
            setClosed(error.body?.message ?? error.message)
            window.scrollTo(0, 0)
            return true
          }}
        />
        {open && !task.mine && (
          <Text c="dimmed" mt="md">
            {t('portal.task.notYours')}
          </Text>
        )}
      </Paper>
    </div>
  )
}

/** What the form asks to have at hand (the documents, the observations), as far as this person may see it. */
function Context({ task }: { task: TaskPageView }) {
  const { data: entity } = useEntity(task.record?.entity)
  if (!entity || !task.record) return null
  const { id } = task.record
  return entity.related
    .filter((relation) => task.context.includes(relation.key))
    .map((relation) => <RelatedSection key={relation.key} relation={relation} id={id} />)
}

function closedText(task: TaskPageView, t: (key: string, options?: Record<string, unknown>) => string): string {
  if (task.status === 'cancelled') return t('portal.task.cancelled')
  if (!task.completedBy || !task.completedAt) return t('portal.task.closed')
  return t('portal.task.closedBy', { who: task.completedBy, when: formatDateTime(task.completedAt) })
}
