import type { TestFlow, TestNode, TestScope } from './testModel.ts'
import { flowsOf } from './testModel.ts'

/**
 * BPMN's token game, written from the standard (BPMN 2.0, chapter 13) and nothing else: no library, no persistence, no
 * thought of speed. The random walks compare the engine with it.
 */
export class TokenGame {
  /** Nodes entered by the last move. */
  entered: string[] = []
  private readonly root: ScopeRun
  private readonly arriving: { run: ScopeRun; flow: TestFlow; token: Token }[] = []
  private clock = 0

  constructor(scope: TestScope) {
    this.root = new ScopeRun(scope, null)
    this.begin(this.root, { outcome: null, age: 0 })
    this.drain()
  }

  get ended(): boolean {
    return this.root.live.length === 0
  }

  /** What may happen next, named as the engine's moves are. */
  moves(outcomes: string[]): string[] {
    return this.all(this.root)
      .flatMap(({ node, open }) => [
        ...(node.type === 'userTask' ? outcomes.map((outcome) => `complete ${node.id} ${outcome}`) : []),
        ...(node.type === 'serviceTask' ? [`job ${node.id}`] : []),
        ...open.map((event) => eventMove(event)),
      ])
      .sort()
  }

  play(move: string): void {
    this.entered = []
    const [verb, id, outcome] = move.split(' ')
    const active = this.all(this.root).find(
      (candidate) => candidate.node.id === id || candidate.open.some((event) => event.id === id),
    )!
    const event = active.open.find((candidate) => candidate.id === id)
    if (event) this.trigger(active, event, verb!)
    else this.leave(active, this.later(active.token, verb === 'complete' ? { outcome: outcome! } : {}))
    this.drain()
  }

  private later(token: Token, changes: Partial<Token>): Token {
    return { ...token, ...changes, age: ++this.clock }
  }

  private trigger(active: ActiveNode, event: TestNode, verb: string): void {
    const token = verb === 'message' ? this.later(active.token, {}) : active.token
    if (event.type !== 'boundaryEvent') {
      // A lone catch event, or the quicker of those behind an event-based gateway.
      remove(active.run.live, active)
      this.send(active.run, event.id, token)
      return
    }
    this.entered.push(event.id)
    if (isInterrupting(event)) remove(active.run.live, active)
    else if (verb === 'fire') remove(active.open, event)
    this.send(active.run, event.id, token)
  }

  private begin(run: ScopeRun, token: Token): void {
    const start = run.scope.nodes.find((node) => node.type === 'startEvent')!
    this.entered.push(start.id)
    this.send(run, start.id, token)
  }

  private send(run: ScopeRun, source: string, token: Token): void {
    for (const flow of run.flows) if (flow.source === source) this.arriving.push({ run, flow, token })
  }

  private leave(active: ActiveNode, token: Token): void {
    remove(active.run.live, active)
    this.send(active.run, active.node.id, token)
  }

  private drain(): void {
    for (;;) {
      const arrival = this.arriving.shift()
      if (arrival) {
        if (this.isAlive(arrival.run)) this.arrive(arrival.run, arrival.flow, arrival.token)
        continue
      }
      const finished = this.all(this.root).find((active) => active.child?.live.length === 0)
      if (!finished) return
      this.leave(finished, finished.child!.last ?? finished.token)
    }
  }

  private arrive(run: ScopeRun, flow: TestFlow, token: Token): void {
    const node = run.scope.nodes.find((candidate) => candidate.id === flow.target)!
    const ways = run.flows.filter((candidate) => candidate.source === node.id)
    switch (node.type) {
      case 'exclusiveGateway': {
        this.entered.push(node.id)
        const way =
          ways.find((way) => way.condition === `outcome = "${token.outcome}"`) ?? ways.find((way) => !way.condition)!
        this.arriving.push({ run, flow: way, token })
        return
      }
      case 'parallelGateway': {
        const needed = run.flows.filter((candidate) => candidate.target === node.id)
        const here = run.waitingAt(node.id)
        here.push({ flow: flow.id, token })
        const chosen = needed.map((way) => here.find((waiting) => waiting.flow === way.id))
        if (chosen.some((waiting) => !waiting)) return
        for (const waiting of chosen) remove(here, waiting!)
        this.entered.push(node.id)
        this.send(
          run,
          node.id,
          chosen.map((waiting) => waiting!.token).reduce((a, b) => (b.age > a.age ? b : a)),
        )
        return
      }
      case 'eventBasedGateway': {
        const targets = ways.map((way) => run.scope.nodes.find((candidate) => candidate.id === way.target)!)
        this.entered.push(node.id, ...targets.map((target) => target.id))
        run.live.push({ node, token, run, child: null, open: targets })
        return
      }
      case 'endEvent':
        return this.end(run, node, token)
      case 'task':
        this.entered.push(node.id)
        return this.send(run, node.id, token)
      default: {
        this.entered.push(node.id)
        const boundaries = run.scope.nodes.filter(
          (candidate) => attachedTo(candidate) === node.id && !candidate.body?.includes('errorEvent'),
        )
        const open = node.type === 'intermediateCatchEvent' ? [node] : boundaries
        const active: ActiveNode = { node, token, run, child: null, open }
        run.live.push(active)
        if (node.inner) {
          active.child = new ScopeRun(node.inner, active)
          this.begin(active.child, token)
        }
      }
    }
  }

  private end(run: ScopeRun, node: TestNode, token: Token): void {
    this.entered.push(node.id)
    run.last = token
    if (node.body?.includes('terminateEvent')) run.live.length = 0
    if (!node.body?.includes('errorEvent')) return
    for (let owner = run.owner; owner; owner = owner.run.owner) {
      const around = owner.node.id
      const catcher = owner.run.scope.nodes.find(
        (candidate) => attachedTo(candidate) === around && candidate.body?.includes('errorEvent'),
      )
      if (!catcher) continue
      remove(owner.run.live, owner)
      this.entered.push(catcher.id)
      this.send(owner.run, catcher.id, owner.token)
      return
    }
  }

  /** All active nodes of a scope and the scopes in it. */
  private all(run: ScopeRun): ActiveNode[] {
    return run.live.flatMap((active) => [active, ...(active.child ? this.all(active.child) : [])])
  }

  private isAlive(run: ScopeRun): boolean {
    return run.owner === null || (run.owner.run.live.includes(run.owner) && this.isAlive(run.owner.run))
  }
}

interface Token {
  outcome: string | null
  /** When the last task, message or job on its path was; where paths meet, the youngest goes on. */
  age: number
}
interface ActiveNode {
  node: TestNode
  token: Token
  run: ScopeRun
  child: ScopeRun | null
  /** Events it is waiting for: its boundary events, itself, or the targets of an event-based gateway. */
  open: TestNode[]
}
class ScopeRun {
  readonly live: ActiveNode[] = []
  readonly flows: TestFlow[]
  last: Token | null = null
  private readonly waiting = new Map<string, { flow: string; token: Token }[]>()

  constructor(
    readonly scope: TestScope,
    readonly owner: ActiveNode | null,
  ) {
    this.flows = flowsOf(scope.flows)
  }

  waitingAt(join: string): { flow: string; token: Token }[] {
    if (!this.waiting.has(join)) this.waiting.set(join, [])
    return this.waiting.get(join)!
  }
}

const remove = <T>(list: T[], item: T): void => {
  const index = list.indexOf(item)
  if (index >= 0) list.splice(index, 1)
}
const attachedTo = (node: TestNode): string | undefined => /attachedToRef="(\w+)"/.exec(node.attributes ?? '')?.[1]
const isInterrupting = (node: TestNode): boolean => !node.attributes?.includes('cancelActivity="false"')
const eventMove = (event: TestNode): string =>
  event.body?.includes('timerEvent') ? `fire ${event.id}` : `message ${event.id}`
