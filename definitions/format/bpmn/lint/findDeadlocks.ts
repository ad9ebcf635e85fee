import type { Finding } from '../../types.ts'
import type { ModelFlow, ModelNode, ProcessModel } from '../processModel.ts'
import { found, label, warning } from './found.ts'
import { standsStill } from './standsStill.ts'

/** Tokens on flows, by flow id; written as sorted text so that two equal markings are one. */
type Marking = string[]

/** A scope with more reachable markings than this is not explored to the end, and then nothing is claimed about it. */
const maxMarkings = 20_000

/**
 * Plays the token game of each scope with every choice a gateway could make (conditions are not looked at) and reports
 * the parallel joins at which a token can be left waiting for one that never comes, and the flows that two tokens
 * can be on at once. Soundness of a workflow net, found by exploring it (van der Aalst 1998).
 */
export function findDeadlocks(model: ProcessModel): Finding[] {
  const scopes = [null, ...model.nodes.filter((node) => node.type === 'SubProcess').map((node) => node.id)]
  return scopes.flatMap(
    (scope) => exploreScope(new Net(model, scope, false)) ?? exploreScope(new Net(model, scope, true)) ?? [],
  )
}

/** Null: too large to explore to the end. */
function exploreScope(net: Net): Finding[] | null {
  const seen = new Set<string>()
  const waiting: Marking[] = net.begin()
  const stuck = new Set<string>()
  const doubled = new Set<string>()
  while (waiting.length) {
    const marking = waiting.pop()!
    const key = marking.join(' ')
    if (seen.has(key)) continue
    seen.add(key)
    if (seen.size > maxMarkings) return null
    const twice = marking.find((flow, index) => marking[index + 1] === flow)
    if (twice !== undefined) {
      doubled.add(twice)
      continue
    }
    const next = net.moves(marking)
    // Tokens that nobody can move stand before joins; other tokens may still move, but never these.
    if (!next.length) for (const flow of marking) stuck.add(net.targetOf(flow))
    waiting.push(...next)
  }
  return [
    ...[...stuck].map((join) =>
      found(
        'deadlock',
        join,
        `${label(net.nodes.get(join)!)} puede quedarse esperando un camino que no llega`,
        'Reúna antes los caminos alternativos con una compuerta exclusiva',
      ),
    ),
    ...[...doubled].map((flow) =>
      warning(
        'two-tokens',
        net.targetOf(flow),
        `A ${label(net.nodes.get(net.targetOf(flow))!)} se puede llegar dos veces a la vez`,
        'Reúna antes los caminos paralelos',
      ),
    ),
  ]
}

class Net {
  readonly nodes: Map<string, ModelNode>
  private readonly flows: Map<string, ModelFlow>
  private readonly outgoing = new Map<string, string[]>()
  private readonly incoming = new Map<string, string[]>()
  private readonly boundaries = new Map<string, ModelNode[]>()

  constructor(
    model: ProcessModel,
    private readonly scope: string | null,
    /** Take parallel branches in one order only: enough to find what waits for ever, and far fewer markings. */
    private readonly inOneOrder: boolean,
  ) {
    this.nodes = new Map(model.nodes.filter((node) => node.parent === scope).map((node) => [node.id, node]))
    this.flows = new Map(
      model.flows
        .filter((flow) => this.nodes.has(flow.source) && this.nodes.has(flow.target))
        .map((flow) => [flow.id, flow]),
    )
    for (const flow of this.flows.values()) {
      push(this.outgoing, flow.source, flow.id)
      push(this.incoming, flow.target, flow.id)
    }
    for (const node of this.nodes.values()) if (node.attachedTo !== null) push(this.boundaries, node.attachedTo, node)
  }

  targetOf(flow: string): string {
    return this.flows.get(flow)!.target
  }

  begin(): Marking[] {
    const starts = [...this.nodes.values()].filter((node) => node.type === 'StartEvent')
    return starts.map((start) => [...(this.outgoing.get(start.id) ?? [])].sort())
  }

  /**
   * All markings one node further. What does not wait happens before anything else, as it does when a case runs: so two
   * tokens meet only where they really can.
   */
  moves(marking: Marking): Marking[] {
    const targets = [...new Set(marking.map((flow) => this.targetOf(flow)))].map((id) => this.nodes.get(id)!)
    for (const node of targets) {
      if (standsStill(node) && !this.inOneOrder) continue
      const next = this.fire(node, marking)
      if (next.length) return next
    }
    return targets.flatMap((node) => this.fire(node, marking))
  }

  private fire(node: ModelNode, marking: Marking): Marking[] {
    const incoming = this.incoming.get(node.id) ?? []
    const here = incoming.filter((flow) => marking.includes(flow))
    const outgoing = this.outgoing.get(node.id) ?? []
    if (node.type === 'ParallelGateway') {
      if (here.length < incoming.length) return []
      return [moved(marking, incoming, outgoing)]
    }
    return here.flatMap((flow) => {
      if (node.type === 'ExclusiveGateway' || node.type === 'EventBasedGateway')
        return outgoing.map((way) => moved(marking, [flow], [way]))
      if (node.type === 'EndEvent') {
        // A terminate or error end takes all tokens of the scope with it.
        const ends = node.events.some(({ kind }) => kind === 'terminate' || (kind === 'error' && this.scope !== null))
        return [ends ? [] : moved(marking, [flow], [])]
      }
      const ways = [moved(marking, [flow], outgoing)]
      for (const boundary of this.boundaries.get(node.id) ?? []) {
        const beside = this.outgoing.get(boundary.id) ?? []
        if (boundary.events[0]?.kind === 'compensation') continue
        ways.push(moved(marking, [flow], boundary.interrupting ? beside : [...outgoing, ...beside]))
      }
      return ways
    })
  }
}

function moved(marking: Marking, taken: string[], given: string[]): Marking {
  const next = [...marking]
  for (const flow of taken) next.splice(next.indexOf(flow), 1)
  return [...next, ...given].sort()
}

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}
