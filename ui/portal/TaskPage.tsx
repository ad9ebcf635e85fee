import { Alert, Paper, Skeleton, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useOutletContext, useParams } from 'react-router'
import type { SessionView, TaskPageView } from '#engine/contract'
import { useEntity } from '../client/records/useEntities.ts'
import { useTask } from '../client/cases/useTask.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { paths } from '../kit/app/paths.ts'
import { PageError } from '../kit/feedback/PageError.tsx'
import { WhyButton } from '../kit/feedback/WhyButton.tsx'
import { AnswerForm, useAnswer } from '../kit/task/AnswerForm.tsx'
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
  if (error) return <PageError error={error} onRetry={() => void refetch()} about={{ task: id }} />
  if (!task) return <Skeleton height={400} aria-busy />
  return <Answering key={task.id} task={task} />
}

function Answering({ task }: { task: TaskPageView }) {
  const { t } = useTranslation()
  const { menus } = useOutletContext<SessionView>()
  const state = useAnswer(task)
  const { done, closed, isOpen: open } = state
  if (done) return <DoneNote task={task} answer={done.answer} outcome={done.outcome} />

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
      {open && !task.mine && (
        <div>
          <WhyButton about={{ task: task.id }} />
        </div>
      )}
      {task.form.help && <Text>{task.form.help}</Text>}
      <Context task={task} />
      <Paper p={{ base: 'md', sm: 'lg' }} pb={open && task.mine ? 0 : 'lg'}>
        <AnswerForm task={task} state={state} notYours={t('portal.task.notYours')} />
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
