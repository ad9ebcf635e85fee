import { Badge, Divider, Group, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { listOf, type DiagramElement } from '../wf/moddle.ts'
import { CallProperties } from './CallProperties.tsx'
import { CommitText } from './fields/CommitText.tsx'
import { FlowProperties } from './FlowProperties.tsx'
import { GatewayProperties } from './GatewayProperties.tsx'
import { MessageProperties } from './MessageProperties.tsx'
import { NextStep } from './NextStep.tsx'
import { NodeProperties } from './NodeProperties.tsx'
import { usePanel } from './PanelContext.ts'
import { ProcessProperties } from './ProcessProperties.tsx'
import { ServiceProperties } from './ServiceProperties.tsx'
import { StartProperties } from './StartProperties.tsx'
import { eventKind } from './stepKind.ts'
import { StepList } from './StepList.tsx'
import { stepKindName, stepName } from './stepName.ts'
import { StepName } from './StepName.tsx'
import { TaskProperties } from './TaskProperties.tsx'
import { TimerProperties } from './TimerProperties.tsx'
import { useAttributes } from './useAttributes.ts'

/** What is selected, in words that can be changed. Nothing selected: the process and its steps. */
export function PropertiesPanel({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { process } = usePanel()
  const isProcess = element.type === 'bpmn:Process' || element.type === 'bpmn:Collaboration'
  const isStep = !isProcess && element.type !== 'bpmn:TextAnnotation' && element.type !== 'bpmn:Association'
  return (
    <Stack gap={14} key={element.id}>
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <Title order={2} size="h3" lineClamp={2}>
          {isProcess ? (process?.name ?? t('studio.kind.process')) : stepName(element, t)}
        </Title>
        <Badge variant="light" color="gray" style={{ flexShrink: 0 }}>
          {isProcess ? t('studio.kind.process') : stepKindName(element, t)}
        </Badge>
      </Group>
      {isProcess && process && <WholeProcess element={element} />}
      {isStep && <StepName element={element} />}
      {isStep && <StepDetails element={element} />}
      {!isProcess && (
        <>
          <Divider />
          <NextStep element={element} />
        </>
      )}
    </Stack>
  )
}

function WholeProcess({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { process } = usePanel()
  const write = useAttributes(element, process ?? element.businessObject)
  if (!process) return null
  return (
    <>
      <CommitText
        label={t('studio.name')}
        value={process.name ?? ''}
        onCommit={(name) => write({ name: name || undefined })}
      />
      <ProcessProperties element={element} process={process} />
      <Divider />
      <StepList />
    </>
  )
}

function StepDetails({ element }: { element: DiagramElement }) {
  const definition = listOf(element.businessObject, 'eventDefinitions')[0]
  switch (element.type) {
    case 'bpmn:UserTask':
      return <TaskProperties element={element} />
    case 'bpmn:StartEvent':
      return <StartProperties element={element} />
    case 'bpmn:SequenceFlow':
      return <FlowProperties element={element} />
    case 'bpmn:ExclusiveGateway':
    case 'bpmn:ParallelGateway':
    case 'bpmn:EventBasedGateway':
      return <GatewayProperties element={element} />
    case 'bpmn:ServiceTask':
    case 'bpmn:SendTask':
    case 'bpmn:BusinessRuleTask':
      return <ServiceProperties element={element} />
    case 'bpmn:CallActivity':
      return <CallProperties element={element} />
    case 'bpmn:ReceiveTask':
      return (
        <>
          <MessageProperties element={element} holder={element.businessObject} />
          <NodeProperties element={element} />
        </>
      )
  }
  return (
    <>
      {definition && eventKind(element) === 'Message' && <MessageProperties element={element} holder={definition} />}
      {definition && eventKind(element) === 'Timer' && <TimerProperties element={element} holder={definition} />}
      <NodeProperties element={element} />
    </>
  )
}
