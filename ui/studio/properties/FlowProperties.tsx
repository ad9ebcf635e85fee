import { Checkbox, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DiagramElement } from '../wf/moddle.ts'
import { FlowCondition } from './FlowCondition.tsx'
import { usePanel } from './PanelContext.ts'
import { decidesPath } from './stepKind.ts'

/** A path between two steps: its condition when it leaves a decision, and whether it is the one by default. */
export function FlowProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const source = element.source
  if (!source || !decidesPath(source)) return <Text size="sm">{t('studio.flow.always')}</Text>
  const isDefault = source.businessObject.get('default') === element.businessObject
  return (
    <>
      <Checkbox
        label={t('studio.flow.default')}
        description={t('studio.flow.defaultHelp')}
        checked={isDefault}
        onChange={(event) =>
          diagram
            .get('modeling')
            .updateProperties(source, { default: event.currentTarget.checked ? element.businessObject : undefined })
        }
      />
      {!isDefault && <FlowCondition flow={element} />}
    </>
  )
}
