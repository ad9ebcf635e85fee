import { placesFor, waysTo, type ModelFlow } from '#definitions'
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

/** A start that leads to `node`, through the sub-processes around it. Null where nothing can begin. */
export function startingAt(process: OpenedProcess, node: string): Detour | null {
  const ways = waysTo(process.model, node)
  return ways && detour(process, ways)
}

/** The case stands at `from` and is to go on at `to` instead. Null where that is no place for it. */
export function movedTo(process: OpenedProcess, from: string, to: string): Detour | null {
  const isPossible = placesFor(process.model, from).some((place) => place.id === to)
  return isPossible ? detour(process, new Map([[from, to]])) : null
}
