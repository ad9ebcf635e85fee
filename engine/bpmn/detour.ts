import type { ModelFlow, ModelNode } from '#definitions'
import type { OpenedProcess } from './compiledContext.ts'

/** A process in which, for one step, some nodes are left by a way of our own instead of the drawn ones. */
export interface Detour {
  process: OpenedProcess
  /** Nodes that the detour leaves: what they do when they are left in the usual way does not happen. */
  left: Set<string>
}

/** Leads each node of `ways` to its target, whatever its conditions say; its other ways are closed. */
function detour(process: OpenedProcess, ways: Map<string, string>): Detour {
  const flows = process.model.flows.flatMap((flow): ModelFlow[] => {
    const target = ways.get(flow.source)
    if (target === undefined) return [flow]
    const [first] = process.outgoing.get(flow.source) ?? []
    return first?.id === flow.id ? [{ ...flow, target, condition: null, isDefault: false }] : []
  })
  const byId = new Map(flows.map((flow) => [flow.id, flow]))
  const outgoing = new Map<string, ModelFlow[]>()
  for (const flow of flows) outgoing.set(flow.source, [...(outgoing.get(flow.source) ?? []), flow])
  return {
    process: {
      ...process,
      model: { ...process.model, flows },
      moddle: {
        ...process.moddle,
        sequenceFlows: process.moddle.sequenceFlows.flatMap((flow) => {
          const kept = byId.get(flow.id)
          return kept ? [{ ...flow, targetId: kept.target }] : []
        }),
      },
      flows: byId,
      outgoing,
    },
    left: new Set(ways.keys()),
  }
}

/** A start that leads to `node`, through the sub-processes around it. Null where nothing can begin: see `canBeginAt`. */
export function startingAt(process: OpenedProcess, node: string): Detour | null {
  const ways = new Map<string, string>()
  for (let at = process.nodes.get(node); at; at = at.parent === null ? undefined : process.nodes.get(at.parent)) {
    const start = startOf(process, at.parent)
    if (!start || !isPlace(process, at) || (at.id !== node && at.loop)) return null
    ways.set(start.id, at.id)
  }
  return ways.size > 0 ? detour(process, ways) : null
}

/** The case stands at `from` and is to go on at `to` instead. Null where that is no place for it: see `placesFor`. */
export function movedTo(process: OpenedProcess, from: string, to: string): Detour | null {
  return placesFor(process, from).some((place) => place.id === to) ? detour(process, new Map([[from, to]])) : null
}

/** Where a case that stands at `from` could go on instead: what lies in the same part of the process. */
export function placesFor(process: OpenedProcess, from: string): ModelNode[] {
  const node = process.nodes.get(from)
  if (!node || node.loop || node.type === 'SubProcess' || !process.outgoing.get(from)?.length) return []
  return process.model.nodes.filter((other) => other.parent === node.parent && isPlace(process, other))
}

/** A join waits for its own ways: nobody can come to it by another. */
function isPlace(process: OpenedProcess, node: ModelNode): boolean {
  if (node.type === 'StartEvent' || node.type === 'BoundaryEvent' || node.isForCompensation) return false
  if (node.type === 'ParallelGateway' && node.incoming.length > 1) return false
  const behindGateway = node.incoming.some((flow) => {
    const source = process.flows.get(flow)?.source
    return source !== undefined && process.nodes.get(source)?.type === 'EventBasedGateway'
  })
  return !behindGateway
}

const startOf = (process: OpenedProcess, parent: string | null): ModelNode | undefined =>
  process.model.nodes.find((node) => node.type === 'StartEvent' && node.parent === parent)
