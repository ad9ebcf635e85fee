import type { ModelNode, ProcessModel } from './processModel.ts'

type Graph = Pick<ProcessModel, 'nodes' | 'flows'>

/**
 * Can a case come to this node by a way that is not drawn? Not to what begins or borders something, nor to a join, which
 * waits for its own ways, nor behind a gateway that waits for several events at once.
 */
export function isPlace({ nodes, flows }: Graph, node: ModelNode): boolean {
  if (node.type === 'StartEvent' || node.type === 'BoundaryEvent' || node.isForCompensation || node.triggeredByEvent)
    return false
  const arriving = flows.filter((flow) => flow.target === node.id)
  if (node.type === 'ParallelGateway' && arriving.length > 1) return false
  const before = new Set(arriving.map((flow) => flow.source))
  return !nodes.some((other) => before.has(other.id) && other.type === 'EventBasedGateway')
}

/**
 * Start event → where it leads instead, so that a case begins at `id`: through each sub-process around it. Null where a
 * case cannot begin: see `isPlace`; and inside what repeats.
 */
export function waysTo(graph: Graph, id: string): Map<string, string> | null {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const ways = new Map<string, string>()
  for (let at = nodes.get(id); at; at = at.parent === null ? undefined : nodes.get(at.parent)) {
    const { parent } = at
    const start = graph.nodes.find((node) => node.type === 'StartEvent' && node.parent === parent)
    if (!start || !isPlace(graph, at) || (at.id !== id && at.loop)) return null
    ways.set(start.id, at.id)
  }
  return ways.size > 0 ? ways : null
}

/** Where a case that stands at `from` could go on instead: in the same part of the process. */
export function placesFor(graph: Graph, from: string): ModelNode[] {
  const node = graph.nodes.find((one) => one.id === from)
  if (!node || node.loop || node.type === 'SubProcess') return []
  if (!graph.flows.some((flow) => flow.source === from)) return []
  return graph.nodes.filter((other) => other.parent === node.parent && isPlace(graph, other))
}
