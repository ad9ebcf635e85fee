import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { textOf, type DiagramElement, type ModdleElement } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { RuleText } from './fields/RuleText.tsx'
import { Reopenings } from './Reopenings.tsx'
import { usePanel } from './PanelContext.ts'
import { useAttributes } from './useAttributes.ts'

const startings = ['create', 'record', 'event', 'call', 'schedule']

/** The process as a whole: which records it works on and how it begins. */
export function ProcessProperties({ element, process }: { element: DiagramElement; process: ModdleElement }) {
  const { t } = useTranslation()
  const { pack, entity } = usePanel()
  const write = useAttributes(element, process)
  const startOn = textOf(process, 'wf:startOn')
  return (
    <>
      <Select
        label={t('studio.process.entity')}
        data={choicesWith(
          Object.values(pack.entities).map(({ key, title }) => ({ value: key, label: title })),
          textOf(process, 'wf:entity'),
        )}
        value={textOf(process, 'wf:entity') || null}
        searchable
        onChange={(value) => write({ 'wf:entity': value ?? undefined })}
      />
      <Select
        label={t('studio.process.startOn')}
        data={choicesWith(
          startings.map((value) => ({ value, label: t(`studio.process.starts.${value}`) })),
          startOn,
        )}
        value={startOn || 'create'}
        allowDeselect={false}
        onChange={(value) => write({ 'wf:startOn': value ?? undefined })}
      />
      {startOn === 'record' && (
        <RuleText
          label={t('studio.process.startWhen')}
          value={textOf(process, 'wf:startWhen')}
          onCommit={(text) => write({ 'wf:startWhen': text || undefined })}
        />
      )}
      {entity?.stateField && (
        <Select
          label={t('studio.process.initialState')}
          data={choicesWith(entity.states, textOf(process, 'wf:initialState'))}
          value={textOf(process, 'wf:initialState') || null}
          clearable
          clearButtonProps={{ 'aria-label': t('studio.clear') }}
          onChange={(value) => write({ 'wf:initialState': value ?? undefined })}
        />
      )}
      {entity && <Reopenings element={element} process={process} />}
    </>
  )
}
