import { extensionsOf, textOf, typeOf, type BpmnElement } from './element.ts'
import type {
  EventKind,
  ModelCandidate,
  ModelEffect,
  ModelEvent,
  ModelFlow,
  ModelLoop,
  ModelMessage,
  ModelNode,
  ModelService,
  ProcessModel,
} from './processModel.ts'

/** Defaults of a durable service: tried again after a minute, up to three times, each at most thirty seconds. */
const serviceDefaults = { retries: 3, backoff: 'PT1M', timeout: 'PT30S' }

const serviceTypes = new Set(['ServiceTask', 'SendTask', 'BusinessRuleTask'])

/** The processes of the file that are meant to run. */
export const executableProcesses = (definitions: BpmnElement): BpmnElement[] =>
  (definitions.rootElements ?? []).filter((root) => typeOf(root) === 'Process' && root.isExecutable === true)

/** Reads one process of parsed definitions as plain data. */
export function readProcess(definitions: BpmnElement, process: BpmnElement): ProcessModel {
  const roots = definitions.rootElements ?? []
  const ofType = (type: string): BpmnElement[] => roots.filter((root) => typeOf(root) === type)
  const nodes: ModelNode[] = []
  const flows: ModelFlow[] = []
  const associations: ProcessModel['associations'] = []
  collect(process, null, laneRoles(process), nodes, flows)
  collectAssociations(process, associations)
  return {
    id: process.id ?? '',
    name: process.name ?? process.id ?? '',
    entity: textOf(process, 'entity'),
    startOn: textOf(process, 'startOn'),
    startWhen: textOf(process, 'startWhen'),
    initialState: textOf(process, 'initialState'),
    schedule: textOf(process, 'schedule'),
    forEach: textOf(process, 'forEach'),
    variables: extensionsOf(process)
      .filter((value) => value.$type === 'wf:Variable')
      .map((value) => ({
        name: textOf(value, 'name') ?? '',
        type: textOf(value, 'type') ?? 'string',
        required: value.required === true,
      })),
    nodes,
    flows,
    associations,
    messages: ofType('Message').map(readMessage),
    errors: ofType('Error').map((root) => ({
      id: root.id ?? '',
      name: root.name ?? root.id ?? '',
      code: textOf(root, 'errorCode'),
    })),
    escalations: ofType('Escalation').map((root) => ({
      id: root.id ?? '',
      name: root.name ?? root.id ?? '',
      code: textOf(root, 'escalationCode'),
    })),
    signals: ofType('Signal').map((root) => ({ id: root.id ?? '', name: root.name ?? root.id ?? '' })),
  }
}

function collect(
  scope: BpmnElement,
  parent: string | null,
  roles: Map<string, string>,
  nodes: ModelNode[],
  flows: ModelFlow[],
): void {
  for (const element of scope.flowElements ?? []) {
    const type = typeOf(element)
    if (type === 'SequenceFlow') flows.push(readFlow(element, parent))
    else if (!type.startsWith('Data')) {
      nodes.push(readNode(element, parent, roles))
      if (element.flowElements) collect(element, element.id ?? '', roles, nodes, flows)
    }
  }
}

function collectAssociations(scope: BpmnElement, associations: ProcessModel['associations']): void {
  for (const artifact of scope.artifacts ?? [])
    if (typeOf(artifact) === 'Association')
      associations.push({ source: artifact.sourceRef?.id ?? '', target: artifact.targetRef?.id ?? '' })
  for (const inner of scope.flowElements ?? []) collectAssociations(inner, associations)
}

/** Node id → role of the lane it lies in (innermost lane wins). */
function laneRoles(process: BpmnElement): Map<string, string> {
  const roles = new Map<string, string>()
  const visit = (lane: BpmnElement): void => {
    const role = textOf(lane, 'role')
    if (role) for (const node of lane.flowNodeRef ?? []) if (node.id) roles.set(node.id, role)
    const inner = lane.childLaneSet as BpmnElement | undefined
    for (const child of inner?.lanes ?? []) visit(child)
  }
  for (const set of process.laneSets ?? []) for (const lane of set.lanes ?? []) visit(lane)
  return roles
}

function readFlow(element: BpmnElement, parent: string | null): ModelFlow {
  const body = element.conditionExpression?.body?.trim()
  return {
    id: element.id ?? '',
    name: element.name ?? '',
    source: element.sourceRef?.id ?? '',
    target: element.targetRef?.id ?? '',
    parent,
    condition: element.conditionExpression
      ? { text: body ?? '', language: textOf(element.conditionExpression, 'language') }
      : null,
    isDefault: element.sourceRef?.default === element,
  }
}

function readNode(element: BpmnElement, parent: string | null, roles: Map<string, string>): ModelNode {
  const type = typeOf(element)
  const id = element.id ?? ''
  const extensions = extensionsOf(element)
  const of = (name: string): BpmnElement[] => extensions.filter((value) => value.$type === `wf:${name}`)
  const priority = Number(textOf(element, 'priority') ?? Number.NaN)
  return {
    id,
    type,
    name: element.name ?? '',
    parent,
    incoming: (element.incoming ?? []).map((flow) => flow.id ?? ''),
    outgoing: (element.outgoing ?? []).map((flow) => flow.id ?? ''),
    attachedTo: element.attachedToRef?.id ?? null,
    interrupting: element.cancelActivity !== false,
    events: (element.eventDefinitions ?? []).map(readEvent),
    loop: element.loopCharacteristics ? readLoop(element.loopCharacteristics) : null,
    isForCompensation: element.isForCompensation === true,
    triggeredByEvent: element.triggeredByEvent === true,
    laneRole: roles.get(id) ?? null,
    effects: extensions.flatMap(readEffect),
    candidates: of('Candidate').map(readCandidate),
    outcomes: of('Outcome').map((value) => ({
      key: textOf(value, 'key') ?? '',
      label: textOf(value, 'label') ?? textOf(value, 'key') ?? '',
      kind: kindOf(value),
      confirm: textOf(value, 'confirm'),
      reason: value.reason === true,
      when: textOf(value, 'when'),
      reauthenticate: value.reauthenticate === true,
    })),
    pauses: of('Pause').map((value) => ({
      key: textOf(value, 'key') ?? '',
      label: textOf(value, 'label') ?? textOf(value, 'key') ?? '',
    })),
    escalations: of('Escalate').map((value) => ({
      on: textOf(value, 'on') ?? 'due',
      role: textOf(value, 'role'),
      group: textOf(value, 'group'),
    })),
    notSameAs: textOf(of('NotSameAs')[0], 'task'),
    inputs: of('Input').map((value) => ({ name: textOf(value, 'name') ?? '', source: textOf(value, 'source') ?? '' })),
    outputs: of('Output').map((value) => ({
      target: textOf(value, 'target') ?? '',
      source: textOf(value, 'source') ?? '',
    })),
    form: type === 'UserTask' || type === 'StartEvent' ? textOf(element, 'form') : null,
    public: type === 'StartEvent' ? readPublic(element) : null,
    title: type === 'UserTask' ? textOf(element, 'title') : null,
    assignee: type === 'UserTask' ? textOf(element, 'assignee') : null,
    dueDate: type === 'UserTask' ? textOf(element, 'dueDate') : null,
    priority: Number.isFinite(priority) ? priority : null,
    claim: type === 'UserTask' ? textOf(element, 'claim') : null,
    // moddle supplies BPMN's own default; only what a file says itself counts.
    implementation: Object.hasOwn(element, 'implementation') ? textOf(element, 'implementation') : null,
    service: serviceTypes.has(type) ? readService(element) : null,
    call:
      type === 'CallActivity'
        ? {
            process: textOf(element, 'calledElement') ?? '',
            record: textOf(element, 'record'),
            binding: textOf(element, 'binding') === 'latest' ? 'latest' : 'pinned',
          }
        : null,
    message: type === 'ReceiveTask' ? (element.messageRef?.id ?? null) : null,
  }
}

function readPublic(element: BpmnElement): ModelNode['public'] {
  const form = textOf(element, 'publicForm')
  if (!form) return null
  return { form, front: textOf(element, 'publicFront') ?? 'portal', when: textOf(element, 'publicWhen') }
}

const eventKinds: Record<string, EventKind> = {
  MessageEventDefinition: 'message',
  TimerEventDefinition: 'timer',
  ErrorEventDefinition: 'error',
  EscalationEventDefinition: 'escalation',
  SignalEventDefinition: 'signal',
  TerminateEventDefinition: 'terminate',
  CompensateEventDefinition: 'compensation',
  ConditionalEventDefinition: 'conditional',
  LinkEventDefinition: 'link',
  CancelEventDefinition: 'cancel',
}

function readEvent(definition: BpmnElement): ModelEvent {
  const kind = eventKinds[typeOf(definition)] ?? 'conditional'
  const ref = definition.messageRef ?? definition.errorRef ?? definition.escalationRef ?? definition.signalRef
  return { kind, ref: ref?.id ?? null, timer: kind === 'timer' ? readTimer(definition) : null }
}

function readTimer(definition: BpmnElement): ModelEvent['timer'] {
  const { timeDuration, timeDate, timeCycle } = definition
  const catchUp = textOf(definition, 'catchUp')
  if (timeDuration) return { kind: 'duration', text: textOf(timeDuration, 'body') ?? '', catchUp }
  if (timeDate) return { kind: 'date', text: textOf(timeDate, 'body') ?? '', catchUp }
  if (timeCycle) return { kind: 'cycle', text: textOf(timeCycle, 'body') ?? '', catchUp }
  return null
}

function readLoop(loop: BpmnElement): ModelLoop {
  const multi = typeOf(loop) === 'MultiInstanceLoopCharacteristics'
  return {
    kind: multi ? 'multi' : 'standard',
    sequential: loop.isSequential === true,
    collection: textOf(loop, 'collection'),
    elementVariable: textOf(loop, 'elementVariable'),
    cardinality: textOf(loop.loopCardinality, 'body'),
    completionCondition: textOf(loop.completionCondition, 'body'),
  }
}

function readEffect(value: BpmnElement): ModelEffect[] {
  const on = textOf(value, 'on') ?? 'complete'
  switch (value.$type) {
    case 'wf:Set':
      return [{ kind: 'set', on, target: textOf(value, 'target') ?? '', source: textOf(value, 'source') ?? '' }]
    case 'wf:SetState':
      return [{ kind: 'setState', on, value: textOf(value, 'value') ?? '' }]
    case 'wf:Notify':
      return [
        {
          kind: 'notify',
          on,
          template: textOf(value, 'template') ?? '',
          to: textOf(value, 'to') ?? '',
          every: textOf(value, 'every'),
        },
      ]
    default:
      return []
  }
}

function readCandidate(value: BpmnElement): ModelCandidate {
  const candidate: ModelCandidate = {}
  for (const key of ['role', 'group', 'user', 'party'] as const) {
    const text = textOf(value, key)
    if (text) candidate[key] = text
  }
  return candidate
}

function kindOf(value: BpmnElement): 'primary' | 'neutral' | 'danger' {
  const kind = textOf(value, 'kind')
  return kind === 'primary' || kind === 'danger' ? kind : 'neutral'
}

function readService(element: BpmnElement): ModelService {
  const retries = Number(textOf(element, 'retries') ?? serviceDefaults.retries)
  return {
    name: textOf(element, 'service'),
    mode: textOf(element, 'mode') === 'inline' ? 'inline' : 'durable',
    retries: Number.isFinite(retries) ? retries : serviceDefaults.retries,
    backoff: textOf(element, 'backoff') ?? serviceDefaults.backoff,
    timeout: textOf(element, 'timeout') ?? serviceDefaults.timeout,
    decision: textOf(element, 'decision'),
  }
}

function readMessage(element: BpmnElement): ModelMessage {
  const extensions = extensionsOf(element)
  return {
    id: element.id ?? '',
    label: element.name ?? element.id ?? '',
    form: textOf(element, 'form'),
    kind: kindOf(element),
    confirm: textOf(element, 'confirm'),
    showWhen: textOf(element, 'showWhen'),
    candidates: extensions.filter((value) => value.$type === 'wf:Candidate').map(readCandidate),
    correlation: textOf(
      extensions.find((value) => value.$type === 'wf:Correlation'),
      'key',
    ),
    effects: extensions.flatMap(readEffect),
    reopensAt: textOf(element, 'reopensAt'),
  }
}
