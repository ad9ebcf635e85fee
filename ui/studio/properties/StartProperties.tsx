import { useTranslation } from 'react-i18next'
import type { DiagramElement } from '../wf/moddle.ts'
import { momentsFor } from '../wf/moment.ts'
import { Assignments } from './Assignments.tsx'
import { Candidates } from './Candidates.tsx'
import { FormChoice } from './FormChoice.tsx'
import { Notifications } from './Notifications.tsx'
import { StateChanges } from './StateChanges.tsx'

/** How it starts: the form that opens it and who may. Inside a subprocess nobody starts anything. */
export function StartProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const moments = momentsFor('node', [], false, t).filter((moment) => moment.value === '')
  return (
    <>
      {element.businessObject.$parent?.$type === 'bpmn:Process' && (
        <>
          <FormChoice element={element} name="inicio" />
          <Candidates element={element} title={t('studio.candidates.start')} />
        </>
      )}
      <StateChanges element={element} moments={moments} />
      <Notifications element={element} moments={moments} />
      <Assignments element={element} moments={moments} />
    </>
  )
}
