/**
 * A moddle element as we read it: only the properties that the engine and the lint rules look at.
 * bpmn-moddle builds these objects from its own metamodel; references (`sourceRef`, `attachedToRef` …) are the
 * referenced elements themselves.
 */
export interface BpmnElement {
  $type: string
  $parent?: BpmnElement
  $attrs?: Record<string, string>
  id?: string
  name?: string
  rootElements?: BpmnElement[]
  diagrams?: BpmnElement[]
  flowElements?: BpmnElement[]
  artifacts?: BpmnElement[]
  laneSets?: BpmnElement[]
  lanes?: BpmnElement[]
  flowNodeRef?: BpmnElement[]
  participants?: BpmnElement[]
  processRef?: BpmnElement
  messageFlows?: BpmnElement[]
  extensionElements?: { values?: BpmnElement[] }
  incoming?: BpmnElement[]
  outgoing?: BpmnElement[]
  sourceRef?: BpmnElement
  targetRef?: BpmnElement
  default?: BpmnElement
  attachedToRef?: BpmnElement
  cancelActivity?: boolean
  isExecutable?: boolean
  triggeredByEvent?: boolean
  isForCompensation?: boolean
  isSequential?: boolean
  eventDefinitions?: BpmnElement[]
  messageRef?: BpmnElement
  errorRef?: BpmnElement
  escalationRef?: BpmnElement
  signalRef?: BpmnElement
  errorCode?: string
  escalationCode?: string
  loopCharacteristics?: BpmnElement
  loopCardinality?: BpmnElement
  completionCondition?: BpmnElement
  conditionExpression?: BpmnElement
  calledElement?: string
  timeDuration?: BpmnElement
  timeDate?: BpmnElement
  timeCycle?: BpmnElement
  implementation?: string
  instantiate?: boolean
  language?: string
  body?: string
  resources?: unknown[]
  ioSpecification?: unknown
  dataInputAssociations?: unknown[]
  dataOutputAssociations?: unknown[]
  properties?: unknown[]
  /** Attributes of the `wf` namespace and whatever else moddle knows. */
  [property: string]: unknown
}

/** `bpmn:UserTask` → `UserTask`. */
export const typeOf = (element: BpmnElement): string => element.$type.slice(element.$type.indexOf(':') + 1)

/** Text of an attribute, or null when it is absent or empty. */
export function textOf(element: BpmnElement | undefined, property: string): string | null {
  const value = element?.[property]
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The `wf` elements inside an element's `extensionElements`, in document order. */
export const extensionsOf = (element: BpmnElement): BpmnElement[] =>
  (element.extensionElements?.values ?? []).filter((value) => value.$type.startsWith('wf:'))
