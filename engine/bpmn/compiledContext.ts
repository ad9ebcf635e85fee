import type { ModelFlow, ModelNode, ProcessModel } from '#definitions'
import type { CompiledProcess } from './types.ts'

/** What `CompiledProcess.context` holds as text: the process model, and the context that bpmn-elements runs. */
export interface CompiledContext {
  model: ProcessModel
  moddle: ModdleContext
}
export interface ModdleElement {
  id: string
  type: string
  name?: string
  parent?: { id: string; type: string }
  behaviour: Record<string, unknown>
  [key: string]: unknown
}
export interface ModdleFlow extends ModdleElement {
  sourceId: string
  targetId: string
}
export interface ModdleContext {
  id: string
  type: string
  name?: string
  definition: { id: string; type: string; [key: string]: unknown }
  activities: ModdleElement[]
  associations: ModdleFlow[]
  sequenceFlows: ModdleFlow[]
  processes: ModdleElement[]
  messageFlows: never[]
  dataObjects: never[]
  dataStores: never[]
  participants: never[]
  scripts: never[]
  timers: never[]
}

/** A compiled process opened for running: the parsed context with its indexes. */
export interface OpenedProcess {
  hash: string
  model: ProcessModel
  moddle: ModdleContext
  nodes: Map<string, ModelNode>
  flows: Map<string, ModelFlow>
  /** Flows by source, and boundary events by the activity they are drawn on. */
  outgoing: Map<string, ModelFlow[]>
  boundaries: Map<string, ModelNode[]>
}

const capacity = 100
const opened = new Map<string, OpenedProcess>()

/** Parses the context of a compiled process once per process version (least recently used ones are dropped). */
export function openProcess(definition: CompiledProcess): OpenedProcess {
  const known = opened.get(definition.hash)
  if (known) {
    opened.delete(definition.hash)
    opened.set(definition.hash, known)
    return known
  }
  const { model, moddle } = JSON.parse(definition.context) as CompiledContext
  const process: OpenedProcess = {
    hash: definition.hash,
    model,
    moddle,
    nodes: new Map(model.nodes.map((node) => [node.id, node])),
    flows: new Map(model.flows.map((flow) => [flow.id, flow])),
    outgoing: groupBy(model.flows, (flow) => flow.source),
    boundaries: groupBy(
      model.nodes.filter((node) => node.attachedTo !== null),
      (node) => node.attachedTo!,
    ),
  }
  opened.set(definition.hash, process)
  if (opened.size > capacity) opened.delete(opened.keys().next().value!)
  return process
}

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
