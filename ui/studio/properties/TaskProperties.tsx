import { Divider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readExtensions } from '../wf/extensions.ts'
import { textOf, type DiagramElement } from '../wf/moddle.ts'
import { momentsFor } from '../wf/moment.ts'
import { Assignments } from './Assignments.tsx'
import { Candidates } from './Candidates.tsx'
import { DueDateField } from './DueDateField.tsx'
import { CommitText } from './fields/CommitText.tsx'
import { FormChoice } from './FormChoice.tsx'
import { Notifications } from './Notifications.tsx'
import { Outcomes } from './Outcomes.tsx'
import { Pauses } from './Pauses.tsx'
import { StateChanges } from './StateChanges.tsx'
import { useAttributes } from './useAttributes.ts'

/** A task of a person: form, who, answers, term, what it changes and whom it tells. */
export function TaskProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const write = useAttributes(element)
  const task = element.businessObject
  const outcomes = readExtensions(task, 'wf:Outcome').map(({ key = '', label = key }) => ({ key, label }))
  const moments = momentsFor('task', outcomes, textOf(task, 'wf:dueDate') !== '', t)
  return (
    <>
      <FormChoice element={element} name={element.id} />
      <Candidates element={element} title={t('studio.candidates.task')} />
      <DueDateField value={textOf(task, 'wf:dueDate')} onCommit={(dueDate) => write({ 'wf:dueDate': dueDate })} />
      <CommitText
        label={t('studio.task.title')}
        description={t('studio.task.titleHelp')}
        value={textOf(task, 'wf:title')}
        onCommit={(title) => write({ 'wf:title': title || undefined })}
      />
      <Divider />
      <Outcomes element={element} />
      {textOf(task, 'wf:dueDate') !== '' && <Pauses element={element} />}
      <Divider />
      <StateChanges element={element} moments={momentsFor('task', outcomes, false, t)} />
      <Notifications element={element} moments={moments} />
      <Assignments element={element} moments={momentsFor('task', outcomes, false, t)} />
    </>
  )
}
