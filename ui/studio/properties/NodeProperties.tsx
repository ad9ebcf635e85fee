import { useTranslation } from 'react-i18next'
import type { DiagramElement } from '../wf/moddle.ts'
import { momentsFor } from '../wf/moment.ts'
import { Assignments } from './Assignments.tsx'
import { Notifications } from './Notifications.tsx'
import { StateChanges } from './StateChanges.tsx'

/** What any step can do: change the state, tell somebody, write values. */
export function NodeProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const moments = momentsFor('node', [], false, t)
  return (
    <>
      <StateChanges element={element} moments={moments} />
      <Notifications element={element} moments={moments} />
      <Assignments element={element} moments={moments} />
    </>
  )
}
