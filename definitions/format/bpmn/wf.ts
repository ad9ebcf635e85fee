/**
 * The moddle descriptor of our BPMN extension: namespace `urn:cauce:bpmn:1`, prefix `wf`.
 *
 * One descriptor for the editor, the lint rules and the engine: an attribute or element that is not in it is
 * reported as unknown when a file is read, instead of being carried along and ignored.
 * Attributes are declared on the BPMN types that may carry them (`extends` + `isAttr`); elements live inside
 * `extensionElements`. The names avoid those that bpmn-elements reads from a node's behaviour
 * (implementation, resources, properties, lanes, script …).
 */
type AttributeType = 'String' | 'Boolean' | 'Integer'
interface DescriptorProperty {
  name: string
  type: AttributeType
  isAttr: true
}
interface DescriptorType {
  name: string
  extends?: string[]
  superClass?: string[]
  properties: DescriptorProperty[]
}
export interface ModdleDescriptor {
  name: string
  prefix: string
  uri: string
  xml: { tagAlias: 'lowerCase' }
  types: DescriptorType[]
}

const attributes = (names: string[], type: AttributeType = 'String'): DescriptorProperty[] =>
  names.map((name) => ({ name, type, isAttr: true }))

const extension = (name: string, bpmnTypes: string[], properties: DescriptorProperty[]): DescriptorType => ({
  name,
  extends: bpmnTypes,
  properties,
})

const element = (name: string, properties: DescriptorProperty[]): DescriptorType => ({
  name,
  superClass: ['Element'],
  properties,
})

export const wfNamespace = 'urn:cauce:bpmn:1'

export const wfDescriptor: ModdleDescriptor = {
  name: 'Cauce',
  prefix: 'wf',
  uri: wfNamespace,
  xml: { tagAlias: 'lowerCase' },
  types: [
    extension(
      'WorkflowProcess',
      ['bpmn:Process'],
      attributes(['entity', 'startOn', 'startWhen', 'initialState', 'schedule', 'forEach', 'calendar']),
    ),
    extension('WorkflowStart', ['bpmn:StartEvent'], attributes(['form', 'publicForm', 'publicFront', 'publicWhen'])),
    extension(
      'WorkflowTask',
      ['bpmn:UserTask'],
      [
        ...attributes(['form', 'title', 'assignee', 'dueDate']),
        ...attributes(['priority'], 'Integer'),
        ...attributes(['claim']),
      ],
    ),
    extension('WorkflowMessage', ['bpmn:Message'], attributes(['form', 'kind', 'confirm', 'showWhen', 'reopensAt'])),
    extension(
      'WorkflowService',
      ['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask'],
      [
        ...attributes(['service', 'mode']),
        ...attributes(['retries'], 'Integer'),
        ...attributes(['backoff', 'timeout', 'decision']),
      ],
    ),
    extension('WorkflowCall', ['bpmn:CallActivity'], attributes(['record', 'binding'])),
    extension('WorkflowLoop', ['bpmn:MultiInstanceLoopCharacteristics'], attributes(['collection', 'elementVariable'])),
    extension('WorkflowTimer', ['bpmn:TimerEventDefinition'], attributes(['catchUp'])),
    extension('WorkflowLane', ['bpmn:Lane'], attributes(['role'])),
    element('Candidate', attributes(['role', 'group', 'user', 'party'])),
    element('NotSameAs', attributes(['task'])),
    element('Outcome', [
      ...attributes(['key', 'label', 'kind', 'confirm', 'when']),
      ...attributes(['reason', 'reauthenticate'], 'Boolean'),
    ]),
    element('Pause', attributes(['key', 'label'])),
    element('Escalate', attributes(['on', 'role', 'group'])),
    element('Notify', attributes(['on', 'template', 'to', 'every'])),
    element('SetState', attributes(['on', 'value'])),
    element('Set', attributes(['on', 'target', 'source'])),
    element('Variable', [...attributes(['name', 'type']), ...attributes(['required'], 'Boolean')]),
    element('Correlation', attributes(['key'])),
    element('Input', attributes(['name', 'source'])),
    element('Output', attributes(['target', 'source'])),
  ],
}

/** Every name of the descriptor, to propose the nearest one when a file uses an unknown one. */
export const wfNames: string[] = [
  ...new Set(
    wfDescriptor.types.flatMap((type) => [
      ...(type.extends ? [] : [type.name.charAt(0).toLowerCase() + type.name.slice(1)]),
      ...type.properties.map((property) => property.name),
    ]),
  ),
]
