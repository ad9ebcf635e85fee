import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { textOf, type DiagramElement } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { RuleText } from './fields/RuleText.tsx'
import { NodeProperties } from './NodeProperties.tsx'
import { usePanel } from './PanelContext.ts'
import { useAttributes } from './useAttributes.ts'

/** Another process as a step of this one. */
export function CallProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { pack } = usePanel()
  const write = useAttributes(element)
  const called = textOf(element.businessObject, 'calledElement')
  return (
    <>
      <Select
        label={t('studio.call.which')}
        data={choicesWith(
          pack.processes.map((value) => ({ value, label: value })),
          called,
        )}
        value={called || null}
        searchable
        onChange={(value) => write({ calledElement: value ?? undefined })}
      />
      <RuleText
        label={t('studio.call.record')}
        value={textOf(element.businessObject, 'wf:record')}
        onCommit={(text) => write({ 'wf:record': text || undefined })}
      />
      <NodeProperties element={element} />
    </>
  )
}
