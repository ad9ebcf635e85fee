import { Divider, Paper, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DiagramElement } from '../wf/moddle.ts'
import { FlowCondition } from './FlowCondition.tsx'
import { NodeProperties } from './NodeProperties.tsx'
import { usePanel } from './PanelContext.ts'
import { decidesPath } from './stepKind.ts'
import { stepName } from './stepName.ts'

/** A decision: the rule of each way out, and the way when no rule holds. */
export function GatewayProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const flows = (element.outgoing ?? []).filter((flow) => flow.type === 'bpmn:SequenceFlow')
  const fallback = element.businessObject.get('default')
  const nameOf = (flow: DiagramElement) =>
    flow.businessObject.name || t('studio.flow.to', { name: flow.target ? stepName(flow.target, t) : '' })
  if (!decidesPath(element)) return <NodeProperties element={element} />
  return (
    <>
      <Select
        label={t('studio.flow.fallback')}
        description={t('studio.flow.fallbackHelp')}
        data={flows.map((flow) => ({ value: flow.id, label: nameOf(flow) }))}
        value={flows.find((flow) => flow.businessObject === fallback)?.id ?? null}
        onChange={(id) =>
          diagram
            .get('modeling')
            .updateProperties(element, { default: flows.find((flow) => flow.id === id)?.businessObject })
        }
      />
      <Stack gap={8}>
        {flows
          .filter((flow) => flow.businessObject !== fallback)
          .map((flow) => (
            <Paper key={flow.id} p={10} bg="var(--cauce-ground)">
              <Text size="sm" fw={500} mb={6}>
                {nameOf(flow)}
              </Text>
              <FlowCondition flow={flow} />
            </Paper>
          ))}
      </Stack>
      <Divider />
      <NodeProperties element={element} />
    </>
  )
}
