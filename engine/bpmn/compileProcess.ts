import { createHash } from 'node:crypto'
import moddleContext from 'moddle-context-serializer'
import {
  canonicalBpmn,
  checkConstructs,
  expressionsOf,
  parseBpmn,
  readProcess,
  theProcess,
  type BpmnElement,
  type Finding,
  type ModelNode,
  type ParsedBpmn,
  type ProcessModel,
} from '#definitions'
import { compileExpression, ExpressionError } from '#forms'
import type { CompiledContext, ModdleContext, ModdleElement } from './compiledContext.ts'
import { candidatesOf } from './openTask.ts'
import type { CompiledProcess, MessageDefinition, NodeDefinition, ProcessAnnotations } from './types.ts'

/**
 * Compiles a BPMN file for `advance`. Never throws: malformed or oversized text, warnings of the parser, constructs
 * outside the verified list and expressions that cannot be read come back as findings that name the element.
 * `hash` is the SHA-256 (hex) of the canonical XML without the drawing.
 */
export async function compileProcess(xml: string): Promise<{ definition: CompiledProcess } | { findings: Finding[] }> {
  const reading = await parseBpmn(xml)
  if ('findings' in reading) return reading
  const { parsed } = reading
  try {
    const process = theProcess(parsed.rootElement)
    if ('code' in process && 'severity' in process) return { findings: [process as Finding] }
    const model = readProcess(parsed.rootElement, process)
    const findings = [...checkConstructs(model), ...checkSyntax(model)]
    if (findings.length) return { findings }
    const hash = createHash('sha256')
      .update(await canonicalBpmn(parsed.rootElement))
      .digest('hex')
    return { definition: describe(model, hash, { model, moddle: moddleOf(parsed, model) }) }
  } catch (error) {
    return {
      findings: [
        {
          code: 'bpmn-xml',
          severity: 'error',
          file: '',
          at: '',
          message: `El proceso no se puede compilar: ${error instanceof Error ? error.message : String(error)}`,
          cure: 'Vuelva a dibujarlo',
        },
      ],
    }
  }
}

function checkSyntax(model: ProcessModel): Finding[] {
  return expressionsOf(model).flatMap(({ text, at, place }) => {
    try {
      compileExpression(text)
      return []
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      return [
        {
          code: 'feel-syntax',
          severity: 'error' as const,
          file: '',
          at,
          message: `La expresión de ${place} no se entiende: ${error.message}`,
          cure: `Corrija «${text}»`,
        },
      ]
    }
  })
}

/** The context for bpmn-elements, reduced to what we let it see: no scripts, services, data objects or other pools. */
function moddleOf(parsed: ParsedBpmn, model: ProcessModel): ModdleContext {
  strip(parsed.rootElement, model)
  const full = JSON.parse(moddleContext(parsed, () => {}).serialize()) as ModdleContext
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const flows = new Set(model.flows.map((flow) => flow.id))
  const definition = { id: full.definition.id || model.id, type: 'bpmn:Definitions' }
  return {
    id: definition.id,
    type: definition.type,
    definition,
    activities: full.activities.flatMap((element) => activityOf(element, nodes.get(element.id))),
    associations: full.associations
      .filter((flow) => nodes.has(flow.sourceId) && nodes.has(flow.targetId))
      .map((flow) => ({ ...flow, behaviour: {} })),
    sequenceFlows: full.sequenceFlows.filter((flow) => flows.has(flow.id)).map((flow) => ({ ...flow, behaviour: {} })),
    processes: full.processes
      .filter((process) => process.id === model.id)
      .map((process) => ({ ...process, behaviour: { isExecutable: true } })),
    messageFlows: [],
    dataObjects: [],
    dataStores: [],
    participants: [],
    scripts: [],
    timers: [],
  }
}

/**
 * Takes away what the serializer reads and the engine must not: other pools, lanes, data, and notes on the drawing. It
 * trips over some of them when they are unfinished, and they change nothing in how a process runs.
 */
function strip(definitions: BpmnElement, model: ProcessModel): void {
  const nodes = new Set(model.nodes.map((node) => node.id))
  const clean = (element: BpmnElement): void => {
    for (const property of [
      'laneSets',
      'resources',
      'ioSpecification',
      'properties',
      'dataInputAssociations',
      'dataOutputAssociations',
    ])
      Reflect.deleteProperty(element, property)
    element.artifacts = (element.artifacts ?? []).filter(
      ({ sourceRef, targetRef }) => nodes.has(sourceRef?.id ?? '') && nodes.has(targetRef?.id ?? ''),
    )
    element.flowElements = element.flowElements?.filter(({ $type }) => !$type.startsWith('bpmn:Data'))
    for (const inner of element.flowElements ?? []) clean(inner)
  }
  definitions.rootElements = (definitions.rootElements ?? []).filter(
    ({ $type, id }) => referable.has($type) || id === model.id,
  )
  for (const root of definitions.rootElements) if (root.id === model.id) clean(root)
}

const referable = new Set(['bpmn:Error', 'bpmn:Escalation', 'bpmn:Signal', 'bpmn:Message'])

function activityOf(element: ModdleElement, node: ModelNode | undefined): ModdleElement[] {
  const { id, type, name, parent } = element
  if (!node)
    return referable.has(type)
      ? [{ id, type, name: name ?? id, parent, behaviour: { errorCode: element.behaviour.errorCode ?? id } }]
      : []
  const behaviour: Record<string, unknown> = {}
  if (node.attachedTo !== null) {
    behaviour.attachedTo = { id: node.attachedTo }
    behaviour.cancelActivity = node.interrupting
  }
  if (node.isForCompensation) behaviour.isForCompensation = true
  const events = element.behaviour.eventDefinitions as ModdleElement[] | undefined
  if (events) behaviour.eventDefinitions = events.map((event) => ({ type: event.type, behaviour: referenceIn(event) }))
  if (node.loop)
    behaviour.loopCharacteristics = {
      type: 'bpmn:MultiInstanceLoopCharacteristics',
      behaviour: {
        isSequential: node.loop.sequential,
        elementVariable: node.loop.elementVariable ?? 'element',
        ...feelIn(node, 'collection', 'collection', node.loop.collection),
        ...feelIn(node, 'loopCardinality', 'cardinality', node.loop.cardinality),
        ...feelIn(node, 'completionCondition', 'completion', node.loop.completionCondition),
      },
    }
  return [{ id, type, name, parent, behaviour }]
}

function referenceIn(event: ModdleElement): Record<string, unknown> {
  for (const property of ['errorRef', 'escalationRef', 'signalRef', 'messageRef']) {
    const reference = event.behaviour[property] as { id?: string; name?: string } | undefined
    if (reference?.id) return { [property]: { id: reference.id, name: reference.name ?? reference.id } }
  }
  return {}
}

const feelIn = (node: ModelNode, property: string, use: string, feel: string | null): Record<string, unknown> =>
  feel === null ? {} : { [property]: { feel, use, node: node.id } }

function describe(model: ProcessModel, hash: string, context: CompiledContext): CompiledProcess {
  const start = model.nodes.find((node) => node.type === 'StartEvent' && node.parent === null)!
  return {
    key: model.id,
    name: model.name,
    hash,
    process: {
      entity: model.entity,
      startOn: startOnOf(model),
      startWhen: model.startWhen,
      initialState: model.initialState,
      variables: model.variables,
      start: { node: start.id, form: start.form, candidates: candidatesOf(start), public: start.public },
    },
    nodes: Object.fromEntries(model.nodes.map((node) => [node.id, nodeDefinition(node)])),
    messages: Object.fromEntries(model.messages.map((message) => [message.id, messageDefinition(message)])),
    context: JSON.stringify(context),
  }
}

/** `create` when the process is about an entity and says nothing else. */
function startOnOf(model: ProcessModel): ProcessAnnotations['startOn'] {
  switch (model.startOn) {
    case 'create':
    case 'record':
    case 'event':
    case 'call':
    case 'schedule':
      return model.startOn
    default:
      return model.entity === null ? 'event' : 'create'
  }
}

const nodeDefinition = (node: ModelNode): NodeDefinition => ({
  id: node.id,
  type: node.type,
  name: node.name,
  parent: node.parent,
  attachedTo: node.attachedTo,
  pauses: node.pauses,
  form: node.form,
  title: node.title,
  priority: node.priority,
  claim: node.type === 'UserTask' ? claimOf(node) : null,
  candidates: candidatesOf(node),
  notSameAs: node.notSameAs,
  outcomes: node.outcomes,
  timer: timerOf(node),
})

function timerOf(node: ModelNode): NodeDefinition['timer'] {
  const timer = node.events.find((event) => event.kind === 'timer')?.timer
  if (!timer) return null
  return { text: timer.text, catchUp: timer.catchUp === 'all' || timer.catchUp === 'skip' ? timer.catchUp : 'once' }
}

/** `auto` when exactly one candidate could take it anyway, else `manual`. */
const claimOf = (node: ModelNode): 'auto' | 'manual' => {
  if (node.claim === 'auto' || node.claim === 'manual') return node.claim
  return candidatesOf(node).length === 1 ? 'auto' : 'manual'
}

const messageDefinition = (message: ProcessModel['messages'][number]): MessageDefinition => ({
  name: message.id,
  label: message.label,
  form: message.form,
  kind: message.kind,
  confirm: message.confirm,
  showWhen: message.showWhen,
  candidates: message.candidates,
  reopensAt: message.reopensAt,
})
