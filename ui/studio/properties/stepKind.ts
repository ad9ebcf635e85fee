import type { DiagramElement } from '../wf/moddle.ts'
import { listOf } from '../wf/moddle.ts'

/** A step with several ways out of which one is chosen. */
export function decidesPath(element: DiagramElement): boolean {
  return element.type === 'bpmn:ExclusiveGateway' && (element.outgoing ?? []).length > 1
}

/** `Message`, `Timer`, `Error` …, or null for a plain event. */
export function eventKind(element: DiagramElement): string | null {
  const type = listOf(element.businessObject, 'eventDefinitions')[0]?.$type
  return type ? type.replace(/^bpmn:|EventDefinition$/g, '') : null
}

/** The key of the texts that name this kind of step: `UserTask`, `EndEvent.Error` … */
export function stepKind(element: DiagramElement): string {
  const kind = eventKind(element)
  const type = element.type.replace('bpmn:', '')
  return kind ? `${type}.${kind}` : type
}
