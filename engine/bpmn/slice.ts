import type { JsonObject } from '#forms'
import type { ModelNode } from '#definitions'
import type { ModdleContext, OpenedProcess } from './compiledContext.ts'
import { deserialize, type SerializableContext } from './elements.ts'
import { resolveElement } from './hostElements.ts'

/**
 * The part of a process that one step can reach: from the nodes that are active now forward to the next nodes that
 * wait. bpmn-elements builds a message broker per node, so a step costs what its slice costs, however large the
 * diagram is. Slices are cached by the set of active nodes.
 */
export function sliceContext(process: OpenedProcess, active: Set<string>, whole: boolean): SerializableContext {
  const key = whole || hasCompensation(process) ? '*' : [...active].sort().join(' ')
  const cache = slicesOf(process)
  const known = cache.get(key)
  if (known) return known
  const context = deserialize(
    key === '*' ? copyOf(process.moddle) : cut(process, reach(process, active)),
    resolveElement,
  )
  cache.set(key, context)
  if (cache.size > capacity) cache.delete(cache.keys().next().value!)
  return context
}

const capacity = 64
const caches = new WeakMap<OpenedProcess, Map<string, SerializableContext>>()

function slicesOf(process: OpenedProcess): Map<string, SerializableContext> {
  const known = caches.get(process)
  if (known) return known
  const created = new Map<string, SerializableContext>()
  caches.set(process, created)
  return created
}

/** A compensation may call any handler of the process. */
const hasCompensation = (process: OpenedProcess): boolean =>
  process.model.nodes.some((node) => node.events.some((event) => event.kind === 'compensation'))

/** Ids of the nodes and flows that a saved engine state mentions, at every depth. */
export function activeIds(state: unknown, ids = new Set<string>()): Set<string> {
  if (Array.isArray(state)) for (const entry of state) activeIds(entry, ids)
  else if (state !== null && typeof state === 'object') {
    const { id, children, flows, associations, execution, executions, processes } = state as JsonObject
    if (typeof id === 'string') ids.add(id)
    for (const part of [children, flows, associations, execution, executions, processes]) activeIds(part, ids)
  }
  return ids
}

/** The nodes to keep. */
function reach(process: OpenedProcess, active: Set<string>): Set<string> {
  const kept = new Set<string>()
  const travelled = new Set<string>()

  const keep = (node: ModelNode): void => {
    if (kept.has(node.id)) return
    kept.add(node.id)
    if (node.parent !== null) keepId(node.parent)
    if (node.attachedTo !== null) keepId(node.attachedTo)
    for (const boundary of process.boundaries.get(node.id) ?? []) keep(boundary)
    // A gateway listens to the brokers of all its targets.
    if (node.type === 'EventBasedGateway') for (const flow of process.outgoing.get(node.id) ?? []) keepId(flow.target)
  }
  const keepId = (id: string): void => {
    const node = process.nodes.get(id)
    if (node) keep(node)
  }
  const starts = (scope: string): ModelNode[] =>
    process.model.nodes.filter((node) => node.parent === scope && node.type === 'StartEvent')

  /** Everything that may happen within this step once the node is left. */
  const travel = (node: ModelNode): void => {
    if (travelled.has(node.id)) return
    travelled.add(node.id)
    keep(node)
    for (const flow of process.outgoing.get(node.id) ?? []) arrive(flow.target)
    if (node.type === 'EndEvent' && node.parent !== null) {
      const scope = process.nodes.get(node.parent)
      if (scope) {
        travel(scope)
        if (scope.loop) for (const start of starts(scope.id)) travel(start)
      }
    }
  }
  const arrive = (id: string): void => {
    const node = process.nodes.get(id)
    if (!node) return
    keep(node)
    const waits = standsStill(node)
    for (const boundary of process.boundaries.get(id) ?? [])
      if (!waits || boundary.events.some((event) => event.kind === 'signal')) travel(boundary)
    if (node.type === 'SubProcess') for (const start of starts(id)) travel(start)
    if (!waits) travel(node)
  }

  for (const id of active) {
    const node = process.nodes.get(id)
    if (node) {
      // A sub-process is left through its end events, which travel on from it.
      if (node.type === 'SubProcess') keep(node)
      else travel(node)
      for (const boundary of process.boundaries.get(id) ?? []) travel(boundary)
    }
    const flow = process.flows.get(id)
    if (flow) arrive(flow.target)
  }
  return kept
}

const waitTypes = new Set(['UserTask', 'ReceiveTask', 'CallActivity', 'SubProcess', 'EventBasedGateway'])
const serviceTypes = new Set(['ServiceTask', 'SendTask', 'BusinessRuleTask'])

/** Does a token that arrives here stay for this step? A loop over nothing passes at once. */
function standsStill(node: ModelNode): boolean {
  if (node.loop) return false
  if (serviceTypes.has(node.type)) return node.service?.mode !== 'inline'
  if (node.type === 'IntermediateCatchEvent') return node.events.every((event) => event.kind !== 'signal')
  return waitTypes.has(node.type)
}

/** The library's context with only the kept nodes, and every flow that touches one (a join counts its flows). */
function cut(process: OpenedProcess, kept: Set<string>): ModdleContext {
  const { moddle } = process
  return {
    ...copyOf(moddle),
    activities: moddle.activities.filter(({ id }) => kept.has(id) || !process.nodes.has(id)),
    sequenceFlows: moddle.sequenceFlows.filter((flow) => kept.has(flow.sourceId) || kept.has(flow.targetId)),
    associations: moddle.associations.filter((flow) => kept.has(flow.sourceId) && kept.has(flow.targetId)),
  }
}

/** The library writes into the outermost object only. */
const copyOf = (moddle: ModdleContext): ModdleContext => ({ ...moddle })
