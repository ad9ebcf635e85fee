import { Button, Group, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InsertStepContext } from '../diagram/insertStep.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { usePanel } from './PanelContext.ts'

const steps = [
  ['userTask', 'bpmn:UserTask'],
  ['decision', 'bpmn:ExclusiveGateway'],
  ['parallel', 'bpmn:ParallelGateway'],
  ['service', 'bpmn:ServiceTask'],
  ['end', 'bpmn:EndEvent'],
] as const

/** Goes on drawing without the mouse: the next step, or take this one away. */
export function NextStep({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const follows = !['bpmn:EndEvent', 'bpmn:SequenceFlow', 'bpmn:TextAnnotation', 'bpmn:Association'].includes(
    element.type,
  )
  const append = (type: string) => {
    const shape = diagram.get('elementFactory').createShape({ type })
    const context: InsertStepContext = { source: element, shape }
    diagram.get('commandStack').execute('step.insert', context)
    diagram.get('selection').select(context.inserted ?? null)
  }
  return (
    <Stack gap={6}>
      {follows && (
        <>
          <Text component="h3" size="sm" fw={600}>
            {t('studio.next.title')}
          </Text>
          <Group gap={6}>
            {steps.map(([kind, type]) => (
              <Button key={type} size="compact-sm" variant="default" onClick={() => append(type)}>
                {t(`studio.kind.${kind}`)}
              </Button>
            ))}
          </Group>
        </>
      )}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={() => diagram.get('modeling').removeElements([element])}
        >
          {t('studio.next.remove')}
        </Button>
      </Group>
    </Stack>
  )
}
