import type { TFunction } from 'i18next'
import type { DiagramElement } from '../wf/moddle.ts'
import { stepKind } from './stepKind.ts'

const known: Record<string, string> = {
  Process: 'process',
  StartEvent: 'start',
  EndEvent: 'end',
  'EndEvent.Error': 'endError',
  'EndEvent.Terminate': 'endAll',
  'EndEvent.Escalation': 'endEscalation',
  UserTask: 'userTask',
  ServiceTask: 'service',
  SendTask: 'send',
  ReceiveTask: 'receive',
  BusinessRuleTask: 'rules',
  CallActivity: 'call',
  SubProcess: 'subprocess',
  ExclusiveGateway: 'decision',
  ParallelGateway: 'parallel',
  EventBasedGateway: 'first',
  SequenceFlow: 'flow',
  TextAnnotation: 'note',
  'BoundaryEvent.Message': 'boundaryMessage',
  'BoundaryEvent.Timer': 'boundaryTimer',
  'BoundaryEvent.Error': 'boundaryError',
  'BoundaryEvent.Escalation': 'boundaryEscalation',
  'IntermediateCatchEvent.Message': 'waitMessage',
  'IntermediateCatchEvent.Timer': 'waitTimer',
}

/** What kind of step it is, in the analyst's words. */
export function stepKindName(element: DiagramElement, t: TFunction): string {
  return t(`studio.kind.${known[stepKind(element)] ?? 'other'}`)
}

/** Its name, or its kind when it has none. */
export function stepName(element: DiagramElement, t: TFunction): string {
  return element.businessObject.name || stepKindName(element, t)
}
