import { useTranslation } from 'react-i18next'
import { textOf, type DiagramElement } from '../wf/moddle.ts'
import { momentsFor } from '../wf/moment.ts'
import { Assignments } from './Assignments.tsx'
import { Candidates } from './Candidates.tsx'
import { RuleText } from './fields/RuleText.tsx'
import { FormChoice } from './FormChoice.tsx'
import { Notifications } from './Notifications.tsx'
import { usePanel } from './PanelContext.ts'
import { StateChanges } from './StateChanges.tsx'

/** How it starts: the form that opens it and who may. Inside a subprocess nobody starts anything. */
export function StartProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const moments = momentsFor('node', [], false, t).filter((moment) => moment.value === '')
  return (
    <>
      {element.businessObject.$parent?.$type === 'bpmn:Process' && (
        <>
          <FormChoice element={element} name="inicio" />
          <Candidates element={element} title={t('studio.candidates.start')} />
          <FormChoice
            element={element}
            name="solicitud"
            attribute="wf:publicForm"
            label={t('studio.public.form')}
            help={t('studio.public.formHelp')}
          />
          {textOf(element.businessObject, 'wf:publicForm') && (
            <RuleText
              label={t('studio.public.when')}
              description={t('studio.public.whenHelp')}
              value={textOf(element.businessObject, 'wf:publicWhen')}
              onCommit={(text) =>
                diagram
                  .get('modeling')
                  .updateModdleProperties(element, element.businessObject, { 'wf:publicWhen': text || undefined })
              }
            />
          )}
        </>
      )}
      <StateChanges element={element} moments={moments} />
      <Notifications element={element} moments={moments} />
      <Assignments element={element} moments={moments} />
    </>
  )
}
